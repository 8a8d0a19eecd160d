/** The course of a pairing from its forming to its end. */
import type { Line } from '../lines';
import { firstMonthOf, month, Stream } from './lines';
import { missions } from './missions';
import { plan } from './plans';
import { published } from './sources';
import { applicationOf, type Pairing, partyOf, roundOf } from './tables';
import { tongues, words } from './words';

/** 521 organisations of the three sectors that the newsletter counts, and one public body for each pairing besides. */
const actorsOf = ({ i, id, sides }: Pairing) => {
  const named = published[id]?.actors ?? [];
  const count = 14 + ((7 * i) % 13);
  const counted = named.filter(([, sector]) => sector !== 'public').length;
  const spread = Array.from({ length: count - counted }, (_, n) => {
    const sector = (['private', 'academia', 'civil-society'] as const)[(n + i) % 3]!;
    return [`${id}-${sector}-${n + 1}`, sector, n % 2 === 0 ? 'latin-american' : 'european', undefined] as const;
  });
  const publicBody = named.some(([, sector]) => sector === 'public')
    ? []
    : [[`${id}-public-1`, 'public', 'latin-american', undefined] as const];
  // One organisation of Almada works in both of its pairings: it is one actor.
  const shared = sides.european.includes('almada') ? [['almada-shared-academia', 'academia', 'european', undefined] as const] : [];
  return [...named, ...spread, ...publicBody, ...shared];
};

const agreement = (
  stream: Stream,
  { sides }: Pairing,
  kind: 'opening' | 'cooperation',
  drafted: string,
  signedOn: (n: number, of: number) => string,
): void => {
  const signatories = [...sides['latin-american'], ...sides.european];
  const languages = [...new Set(signatories.map((party) => tongues[partyOf(party).country]!))];
  const name = `${kind}-agreement`;
  stream.does(
    'DraftAgreement',
    { agreement: name, kind, signatories: signatories.map((party) => ({ party })), languages },
    drafted,
    `${name}-drafted`,
  );
  const signatures = signatories.flatMap((party) => languages.map((language) => ({ party, language })));
  signatures.forEach(({ party, language }, n) => {
    stream.does(
      'SignAgreement',
      { agreement: name, party, language },
      signedOn(n, signatures.length),
      `${name}-signed-${party}-${language}`,
    );
  });
};

/** The pairing whose agreement came after its support had ended, by a waiver: made up. */
const waived = 'vina-del-mar-almada';

export const course = (each: Pairing): readonly Line[] => {
  const { i, id, call, sides, ends, language } = each;
  const { formed, kickOff, after } = roundOf(call);
  const start = firstMonthOf(kickOff);
  const on = (later: number) => month(start, later);
  const stream = new Stream(`pairing/${id}`);
  const members = [...sides['latin-american'], ...sides.european];
  stream.does(
    'FormPairing',
    { applications: members.map((party) => applicationOf(party, call)) },
    formed === start ? kickOff : formed,
    'formed',
  );
  stream.does('KickOff', {}, kickOff, 'kicked-off');
  const openedIn = published[id]?.openedIn ?? (i % 3 === 0 ? start : undefined);
  if (openedIn !== undefined) agreement(stream, each, 'opening', openedIn, () => openedIn);
  for (const theme of each.themes) stream.does('AgreeTheme', { theme }, on(1), `theme-${theme}`);
  actorsOf(each).forEach(([actor, sector, side, name], n) => {
    stream.does('EngageActor', { actor, sector, side, ...(name !== undefined && { name }) }, on(1 + (n % 6)), `actor-${actor}`);
  });
  if (i % 8 === 1) {
    const [actor] = actorsOf(each).find(([, sector, , name]) => sector !== 'public' && name === undefined)!;
    stream.does('ReleaseActor', { actor, reason: words.released[language] }, on(10), `actor-${actor}-released`);
  }
  missions(stream, each);
  plan(stream, each);
  if (ends === 'with agreement') {
    const late = id === waived;
    // The first half of the signatures a month after the draft, the rest the month after.
    agreement(stream, each, 'cooperation', on(after.agree), (n, of) =>
      n < of / 2 ? on(after.agree + 1) : late && n === of - 1 ? on(after.end + 1) : on(after.agree + 2),
    );
    if (late)
      stream.does(
        'WaiveGate',
        {
          gate: 'within-support-period',
          scope: 'next-fact',
          authority: 'iuc-lac-team',
          reason: 'Ilustrativo: la pandemia retrasó la última firma más allá de los 18 meses.',
        },
        on(after.end),
        'agreement-waiver',
      );
    stream.does('CompletePairing', { results: words.results[language] }, late ? on(after.end + 1) : on(after.end), 'completed');
  } else {
    stream.does('EndWithoutAgreement', { reason: words.noAgreement[language] }, on(after.end), 'ended-without-agreement');
  }
  return stream.inTime;
};
