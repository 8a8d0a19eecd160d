import fc from 'fast-check';
import { factsOf, measuresOf } from '../../src/kernel/lifecycle';
import { firstDay, lastDay } from '../../src/kernel/partial-date';
import { Rejected } from '../../src/kernel/refusal';
import { pairing } from '../../src/lifecycles/pairing';
import type { BudgetEvents } from '../../src/parts/budget';
import { linesOf, totalsOf } from '../../src/parts/budget-lines';
import { kickedOff } from '../states';
import { budgetCommand } from './random-budget';
import { command, date, dice, type Dice, type Sent, type Told } from './random-commands';
import { randomCorrection } from './random-corrections';
import { runs, settings as settingsOf } from './settings';

const settings = settingsOf(runs(75), 10_000);
const histories = fc.array(dice, { minLength: 10, maxLength: 40, size: 'max' });

const funded = kickedOff.does('AllocateBudget', { allocation: 'first', line: 'missions', amountMinor: 60, currency: 'EUR' }, '2017-09-11');
/** Mostly about money; corrections among it, and the rest of a pairing's life. */
const about = (story: Told, die: Dice): Sent => {
  const on = date(die, story.history.length + 8);
  if (die.kind < 70) return { ...budgetCommand(story, die), occurredOn: on };
  return die.kind < 94 ? { name: 'Correct', body: randomCorrection(story, die, date) } : command(story, die);
};
const tell = (dices: readonly Dice[], each: (before: Told, outcome: Told | Rejected, sent: Sent) => void): Told =>
  dices.reduce<Told>((story, die) => {
    const sent = about(story, die);
    let outcome: Told | Rejected;
    try {
      outcome = story.does(sent.name, sent.body, sent.occurredOn);
    } catch (error) {
      if (!(error instanceof Rejected)) throw error;
      outcome = error;
    }
    each(story, outcome, sent);
    return outcome instanceof Rejected ? story : outcome;
  }, funded);

interface Moved {
  readonly line: string;
  readonly currency: string;
  readonly minor: bigint;
  readonly day: string;
}
/** What came to each line and went from it, told by the events in force alone. */
const moves = ({ standing }: Told): readonly Moved[] =>
  standing.flatMap(({ type, data, occurredOn }): Moved[] => {
    const come = (line: string, { amountMinor, currency }: { amountMinor: number; currency: string }) => ({
      ...{ line, currency, minor: BigInt(amountMinor), day: firstDay(occurredOn) },
    });
    const gone = (line: string, money: { amountMinor: number; currency: string }) => ({
      ...come(line, money),
      ...{ minor: -BigInt(money.amountMinor), day: lastDay(occurredOn) },
    });
    const of = <E extends keyof BudgetEvents>(event: E) => (type === event ? (data as BudgetEvents[E]) : undefined);
    const [allocated, spent, moved] = [of('BudgetAllocated'), of('BudgetSpent'), of('BudgetReallocated')];
    if (allocated) return [come(allocated.line, allocated)];
    if (spent) return [gone(spent.line, spent)];
    return moved ? [gone(moved.from, moved), come(moved.to, moved)] : [];
  });
/** Whether a correction is one of a fact about money. */
const isBudget = (data: unknown) => /^Budget/.test((data as { type?: string }).type ?? '');
const sum = (of: readonly Moved[]) => of.reduce((total, { minor }) => total + minor, 0n);

describe('any budget', () => {
  it('is spent from, moved, corrected and defended against corrections often enough to mean something', () => {
    const reached = { spent: 0, moved: 0, short: 0, corrected: 0, needed: 0 };
    const runs = fc.sample(histories, { ...settings, numRuns: 100 });
    for (const dices of runs) {
      const seen = new Set<keyof typeof reached>();
      const { history } = tell(dices, (before, outcome, { name }) => {
        if (!(outcome instanceof Rejected)) {
          if (name === 'Correct' && outcome.history.slice(before.history.length).some(({ data }) => isBudget(data))) seen.add('corrected');
        } else if (outcome.code === 'BUDGET_LINE_TOO_SHORT') seen.add('short');
        else if (/Budget(Spent|Reallocated)/.test(String(outcome.said.values['facts']))) seen.add('needed');
      });
      for (const { type } of history) {
        if (type === 'BudgetSpent') seen.add('spent');
        if (type === 'BudgetReallocated') seen.add('moved');
      }
      for (const each of seen) reached[each] += 1;
    }
    for (const [what, times] of Object.entries(reached)) expect([what, times / runs.length > 0.2]).toEqual([what, true]);
  });
  it('never has a line below zero, now or by the dates, whatever is recorded late or corrected', () => {
    fc.assert(
      fc.property(histories, (dices) => {
        tell(dices, (_, outcome) => {
          if (outcome instanceof Rejected) return;
          const all = moves(outcome);
          for (const line of new Set(all.map((each) => each.line))) {
            const ofLine = all.filter((each) => each.line === line);
            expect(new Set(ofLine.map(({ currency }) => currency)).size).toBe(1);
            for (const { day } of ofLine) expect(sum(ofLine.filter((each) => each.day <= day)) >= 0n).toBe(true);
          }
        });
      }),
      settings,
    );
  });

  it('has in all lines of a currency what was allocated, less what was spent, however it was moved between them', () => {
    fc.assert(
      fc.property(histories, (dices) => {
        const end = tell(dices, (before, outcome, { name }) => {
          if (outcome instanceof Rejected || name !== 'ReallocateBudget') return;
          expect(totalsOf(linesOf(outcome.state.budget))).toEqual(totalsOf(linesOf(before.state.budget)));
        });
        const all = moves(end);
        const lines = linesOf(end.state.budget);
        expect(lines.map(({ line, leftMinor }) => [line, BigInt(leftMinor)])).toEqual(
          [...new Set(all.map(({ line }) => line))].toSorted().map((line) => [line, sum(all.filter((each) => each.line === line))]),
        );
        for (const { currency, allocatedMinor, spentMinor, leftMinor } of totalsOf(lines)) {
          expect(leftMinor).toBe(allocatedMinor - spentMinor);
          expect(BigInt(leftMinor)).toBe(sum(all.filter((each) => each.currency === currency)));
        }
      }),
      settings,
    );
  });

  it('counts by what each measure declares, and in money by currency alone', () => {
    const declared = measuresOf(pairing);
    fc.assert(
      fc.property(histories, (dices) => {
        tell(dices, (before, outcome, { name }) => {
          if (outcome instanceof Rejected || name === 'Correct' || name === 'WaiveGate') return;
          for (const event of outcome.history.slice(before.history.length))
            for (const { measure, by = {} } of factsOf(pairing, event, outcome.state, before.state))
              expect([measure, ...Object.keys(by), 'currency' in by]).toEqual([
                measure,
                ...(declared[measure]?.by ?? []),
                declared[measure]?.money ?? false,
              ]);
        });
      }),
      settings,
    );
  });
});
