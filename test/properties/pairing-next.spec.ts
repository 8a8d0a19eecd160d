import fc from 'fast-check';
import { Rejected } from '../../src/kernel/refusal';
import { mayPreclude } from '../../src/kernel/giving-way';
import { parse } from '../../src/engine/parse';
import { pairing } from '../../src/lifecycles/pairing';
import { unformed } from '../states';
import { command, type Dice, dice, type Sent, type Told } from './random-commands';
import { runs, settings as settingsOf } from './settings';

const numRuns = Math.ceil(runs(300) / 20);
const settings = { ...settingsOf(numRuns, 30_000), endOnFailure: true };
const histories = fc.array(dice, { minLength: 20, maxLength: 45, size: 'max' });
// Always the same: chance decides what else is told, not whether anything was met.
const always = fc.sample(histories, { seed: 20_260_101, numRuns: 10 }).map((dices): [Dice[]] => [dices]);

/** The document that samples name is stored. */
const documents = [{ digest: '0'.repeat(64), mediaType: 'application/pdf', size: 0 }];
const send = (story: Told, { name, body, occurredOn }: Sent): Told | Rejected => {
  try {
    return story.in({ documents }).does(name, body, occurredOn);
  } catch (error) {
    if (error instanceof Rejected) return error;
    throw error;
  }
};
const tell = (dices: readonly Dice[], each: (before: Told, sent: Sent, outcome: Told | Rejected) => void) =>
  dices.reduce<Told>((before, die) => {
    const sent = command(before, die);
    const outcome = send(before, sent);
    each(before, sent, outcome);
    return outcome instanceof Rejected ? before : outcome;
  }, unformed);

describe('what is said to be next in any history of a pairing', () => {
  it('is recorded where it can be done, and refused at exactly those gates where it waits', () => {
    const met = { can: 0, waits: 0, waived: 0 };
    fc.assert(
      fc.property(histories, (dices) => {
        let step = 0;
        tell(dices, (before, { occurredOn }) => {
          // Not at every step: it takes long. Where a waiver waits for its fact, always.
          if ((step += 1) % 6 > 0 && !Object.values(before.waivers.next).some((left) => left > 0)) return;
          for (const { name, command, body, on, chosen, waived, shut } of before.next(occurredOn)) {
            expect(() => parse(command.form, body)).not.toThrow();
            if (chosen.length > 0) continue;
            const outcome = send(before, { name: name as Sent['name'], body, occurredOn: on });
            if (shut.length === 0) {
              const added = outcome instanceof Rejected ? [outcome.said] : outcome.history.slice(before.history.length);
              expect([name, added.length > 0, outcome instanceof Rejected]).toEqual([name, true, false]);
              expect(added.flatMap((each) => ('waived' in each ? (each.waived ?? []) : []))).toEqual(expect.arrayContaining([...waived]));
            } else expect([name, outcome instanceof Rejected && outcome.detail['gates']]).toEqual([name, shut]);
            met[shut.length > 0 ? 'waits' : waived.length > 0 ? 'waived' : 'can'] += 1;
          }
        });
      }),
      { ...settings, examples: always, numRuns: always.length + numRuns },
    );
    for (const times of Object.values(met)) expect(times).toBeGreaterThan(numRuns / 5);
  });

  it('names whatever is then recorded, unless an authority let it pass though nothing here speaks for it', () => {
    /** What is planned, held or designed otherwise than was known. */
    const otherwise = new Set(['PlanMission', 'HoldMission', 'DesignPilot']);
    fc.assert(
      fc.property(histories, (dices) => {
        tell(dices, (before, { name, body, occurredOn }, outcome) => {
          if (outcome instanceof Rejected || outcome.history.length === before.history.length) return;
          if (outcome.history.slice(before.history.length).some(({ waived }) => waived)) return;
          if (name === 'WaiveGate' || name === 'Correct' || mayPreclude(pairing, name)) return;
          const found = before.next(occurredOn).filter((each) => each.name === name);
          const named = found.filter(
            ({ known }) =>
              otherwise.has(name) || Object.entries(known).every(([field, value]) => (body as Record<string, unknown>)[field] === value),
          );
          expect([name, body, named.length > 0]).toEqual([name, body, true]);
        });
      }),
      settings,
    );
  });
});
