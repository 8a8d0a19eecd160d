/** The action plan of a pairing, and the pilots that implement it. */
import { firstMonthOf, month, type Stream } from './lines';
import { published } from './sources';
import { type Pairing, planned, roundOf, without } from './tables';
import { type Language, words, work } from './words';

/** 58 designs over 23 plans: three for every other plan, two for the rest. */
const pilotsOf = (each: Pairing) => {
  const named = published[each.id]?.pilot;
  const count = planned.indexOf(each) % 2 === 0 ? 3 : 2;
  return Array.from({ length: count }, (_, n) => {
    const theme = each.themes[n % each.themes.length]!;
    const spread = {
      pilot: `pilot-${n + 1}`,
      theme,
      title: `${words.design[each.language]}: ${work[theme][each.language]}`,
      reached: undefined,
    };
    return { ...(n === 0 && named ? named : spread), action: `action-${n + 1}` };
  });
};

export const plan = (stream: Stream, each: Pairing): void => {
  const { i, call, ends, language, themes: agreedThemes } = each;
  const { kickOff, after } = roundOf(call);
  const on = (later: number) => month(firstMonthOf(kickOff), later);
  const action = (n: number) => {
    const theme = agreedThemes[(n - 1) % agreedThemes.length]!;
    return { action: `action-${n}`, title: `${words.action[language]} ${n}: ${work[theme][language]}`, theme };
  };
  const actions = [1, 2, 3, 4].map(action);
  const approve = (version: number, at: number, as: string) => {
    stream.does('ApprovePlan', { version, side: 'european' }, on(at), `${as}-approved-european`);
    stream.does('ApprovePlan', { version, side: 'latin-american' }, on(at), `${as}-approved-latin-american`);
  };
  const turn = without.findIndex(({ id }) => id === each.id);
  if (ends === 'without plan') {
    // Of the three without a plan one never drafted it, one never submitted it, one had it returned.
    if (turn > 0) stream.does('DraftPlan', { version: 1, actions }, on(after.draft), 'plan-1-drafted');
    if (turn > 2) {
      stream.does('SubmitPlan', { version: 1 }, on(after.submit), 'plan-1-submitted');
      stream.does('ReturnPlan', { version: 1, by: 'programme', reason: words.returned[language] }, on(after.approve), 'plan-1-returned');
    }
    return;
  }
  const returned = i % 6 === 3;
  stream.does('DraftPlan', { version: 1, actions: returned ? actions.slice(0, 3) : actions }, on(after.draft), 'plan-1-drafted');
  stream.does('SubmitPlan', { version: 1 }, on(after.submit), 'plan-1-submitted');
  if (returned) {
    stream.does(
      'ReturnPlan',
      { version: 1, by: i % 4 === 1 ? 'european' : 'programme', reason: words.returned[language] },
      on(after.submit),
      'plan-1-returned',
    );
    stream.does('DraftPlan', { version: 1, actions }, on(after.submit), 'plan-1-drafted-again');
    stream.does('SubmitPlan', { version: 1 }, on(after.submit), 'plan-1-submitted-again');
  }
  approve(1, after.approve, 'plan-1');
  if (i === 0) {
    stream.does(
      'AmendPlan',
      { version: 2, actions: [...actions, action(5)], reason: words.amended[language] },
      on(after.approve + 2),
      'plan-2-amended',
    );
    stream.does('SubmitPlan', { version: 2 }, on(after.approve + 2), 'plan-2-submitted');
    approve(2, after.approve + 3, 'plan-2');
  }
  pilotsOf(each).forEach(({ pilot, action: implemented, title }, n) => {
    stream.does('DesignPilot', { pilot, action: implemented, title }, on(after.design + (n % 2)), `${pilot}-designed`);
  });
  fundPilots(stream, each, on);
};

/** Money for study visits that nobody used was converted into initial funding for a pilot (closing newsletter, "Relocation of funds for pilot projects"); how much, and when, is not said. */
const visitsBecameSeed = (stream: Stream, pilot: string, language: Language, allocated: string, converted: string, spent: string): void => {
  const money = { amountMinor: 20_000_00, currency: 'EUR' };
  const moved = { from: 'missions', to: 'pilot', newLine: true, approvedBy: 'iuc-lac-team', reason: words.visitsBecameSeed[language] };
  stream.does('AllocateBudget', { allocation: 'study-visits', line: 'missions', ...money }, allocated, 'study-visits-allocated');
  stream.does('ReallocateBudget', { reallocation: 'visits-to-pilot', ...moved, ...money }, converted, 'visits-became-seed');
  stream.does('SpendBudget', { expense: `${pilot}-1`, line: 'pilot', pilot, ...money }, spent, `${pilot}-seed-spent`);
};

/** The two pilots that the newsletter names, and a few to show the rest of a pilot's life. */
const fundPilots = (stream: Stream, each: Pairing, on: (later: number) => string): void => {
  const { i, id, call, language, ends } = each;
  const { design } = roundOf(call).after;
  const { pilot } = pilotsOf(each)[0]!;
  const fund = (funder: string, amountMinor: number) =>
    stream.does('FundPilot', { pilot, payment: `${pilot}-1`, funder, amountMinor, currency: 'EUR' }, on(design + 1), `${pilot}-funded`);
  const start = () => stream.does('StartPilot', { pilot }, on(design + 2), `${pilot}-started`);
  if (published[id]?.visitsBecameSeed) {
    visitsBecameSeed(stream, pilot, language, on(0), on(design), on(design + 1));
    fund('programme', 20_000_00);
    start();
    if (published[id].pilot?.reached === 'completed')
      stream.does('CompletePilot', { pilot, results: words.pilotDone[language] }, on(design + 4), `${pilot}-completed`);
  } else if (ends === 'with agreement' && i % 7 === 0) {
    fund('party', 12_000_00 + i * 500_00);
    start();
    if (i % 2 === 0) stream.does('CompletePilot', { pilot, results: words.pilotDone[language] }, on(design + 4), `${pilot}-completed`);
  } else if (ends === 'with plan only' && call === '2018') {
    stream.does('AbandonPilot', { pilot, reason: words.abandoned[language] }, on(design + 3), `${pilot}-abandoned`);
  }
};
