import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { fold } from '../../src/kernel/history';
import { Rejected } from '../../src/kernel/refusal';
import { pairing } from '../../src/lifecycles/pairing';
import { unformed, world } from '../states';
import { command, dice, type Sent, type Told } from './random-commands';
import { runs, settings as settingsOf } from './settings';

const settings = settingsOf(runs(150), 10_000);
const histories = fc.array(dice, { minLength: 20, maxLength: 45, size: 'max' });

const send = (story: Told, { name, body, occurredOn }: Sent): Told | Rejected => {
  try {
    return story.does(name, body, occurredOn);
  } catch (error) {
    if (error instanceof Rejected) return error;
    throw error;
  }
};
/** Every step of a random history: what was sent, what stood before it, and what became of it. */
const tell = (dices: readonly Parameters<typeof command>[1][], each: (sent: Sent, before: Told, outcome: Told | Rejected) => void): Told =>
  dices.reduce<Told>((story, die) => {
    const sent = command(story, die);
    const outcome = send(story, sent);
    each(sent, story, outcome);
    return outcome instanceof Rejected ? story : outcome;
  }, unformed);
const recorded = (before: Told, outcome: Told | Rejected): outcome is Told =>
  !(outcome instanceof Rejected) && outcome.history.length > before.history.length;

/** Facts that can be in force once only, whatever was waived. */
const once: Readonly<Record<string, (data: never) => unknown>> = {
  PairingFormed: () => '',
  PairingKickedOff: () => '',
  PairingCompleted: () => 'end',
  PairingWithdrawn: () => 'end',
  PairingTerminated: () => 'end',
  PairingEndedWithoutAgreement: () => 'end',
  PairingDissolved: () => 'end',
  MissionPlanned: ({ mission }: { mission: number }) => mission,
  MissionHeld: ({ mission }: { mission: number }) => mission,
  PilotDesigned: ({ pilot }: { pilot: string }) => pilot,
  AgreementDrafted: ({ agreement }: { agreement: string }) => agreement,
  AgreementConcluded: ({ agreement }: { agreement: string }) => agreement,
};
const twice = ({ standing }: Told) => {
  const keys = standing
    .filter(({ type }) => Object.hasOwn(once, type))
    .map(({ type, data }) => {
      const key = once[type]!(data as never);
      return key === 'end' ? 'an end' : `${type} ${String(key)}`;
    });
  return keys.filter((key, i) => keys.indexOf(key) < i);
};

describe('any history of a pairing', () => {
  it('reaches approved plans, conclusions, ends, waivers and corrections often enough to mean something', () => {
    const reached = { approved: 0, concluded: 0, completed: 0, waived: 0, corrected: 0, refused: 0 };
    // Always the same: chance decides what a history is, not whether this holds.
    const runs = fc.sample(histories, { ...settings, seed: 20_260_101, numRuns: 300 });
    for (const dices of runs) {
      const seen = new Set<keyof typeof reached>();
      const end = tell(dices, ({ name }, before, outcome) => {
        if (name !== 'Correct') return;
        if (recorded(before, outcome)) seen.add('corrected');
        if (outcome instanceof Rejected && outcome.code === 'FACTS_REST_ON_IT') seen.add('refused');
      });
      if (end.standing.some(({ waived }) => waived)) seen.add('waived');
      for (const { type } of end.history) if (type === 'AgreementConcluded') seen.add('concluded');
      if (Object.values(end.state.plan.versions).some(({ is }) => is === 'approved')) seen.add('approved');
      if (end.state.course.phase === 'completed') seen.add('completed');
      for (const each of seen) reached[each] += 1;
    }
    const share = Object.fromEntries(Object.entries(reached).map(([what, times]) => [what, times / runs.length]));
    expect(share['approved']).toBeGreaterThan(0.3);
    expect(share['concluded']).toBeGreaterThan(0.15);
    expect(share['completed']).toBeGreaterThan(0.05);
    expect(share['waived']).toBeGreaterThan(0.1);
    expect(share['corrected']).toBeGreaterThan(0.5);
    expect(share['refused']).toBeGreaterThan(0.3);
  });

  it('holds nothing that lacks what it needs, and nothing twice', () => {
    fc.assert(
      fc.property(histories, (dices) => {
        tell(dices, ({ name }, before, outcome) => {
          if (!recorded(before, outcome) || (name !== 'Correct' && outcome.history.length % 8 > 0)) return;
          expect(outcome.unsupported).toEqual([]);
          expect(twice(outcome)).toEqual([]);
        });
      }),
      settings,
    );
  });

  it('refuses what would take from a recorded fact what it needs, and names the fact', () => {
    fc.assert(
      fc.property(histories, fc.nat(), (dices, chosen) => {
        const sent: Sent[] = [];
        const end = tell(
          dices.filter(({ kind, a }) => kind < 78 || (kind < 86 && a % 4 < 3)),
          (each, before, outcome) => recorded(before, outcome) && sent.push(each),
        );
        const left = chosen % sent.length;
        // The oracle knows no correction: it tells the same story again without the command. Waivers for a fact name revisions, which then move: the story has none.
        const commandOf = (revision: number) => end.history[revision]?.commandId;
        const commands = [...new Set(end.history.map(({ commandId }) => commandId))];
        let again: Told = unformed;
        /** The first command that is refused, or no longer records all it did; one that records something else, or passes by a waiver instead, is judged no further. */
        let lost: number | undefined;
        let same = true;
        for (const [i, each] of sent.entries()) {
          if (i === left) continue;
          const before = end.history.filter(({ commandId }) => commandId === commands[i]);
          const outcome = send(again, each);
          const now = outcome instanceof Rejected ? [] : outcome.history.slice(again.history.length);
          if (outcome instanceof Rejected || (now.length > 0 && now.length < before.length)) lost = i;
          same &&= isDeepStrictEqual(
            now.map(({ type, data, waived }) => [type, data, waived]),
            before.map(({ type, data, waived }) => [type, data, waived]),
          );
          if (!same || outcome instanceof Rejected) break;
          again = outcome;
        }
        const revision = end.history.findIndex(({ commandId }) => commandId === commands[left]);
        const outcome = send(end, { name: 'Correct', body: { retract: [{ revision }], authority: 'secretariat', reason: 'Never was' } });
        if (lost !== undefined) {
          expect(outcome).toBeInstanceOf(Rejected);
          const facts = (outcome as Rejected).detail['facts'] as readonly { type: string; revision: number }[];
          expect(facts.map((fact) => commandOf(fact.revision))).toContain(commands[lost]);
          for (const { type } of facts) expect((outcome as Rejected).said.values['facts']).toContain(type);
        } else if (same) {
          expect(outcome).not.toBeInstanceOf(Rejected);
          expect((outcome as Told).state).toEqual(again.state);
        }
      }),
      settings,
    );
  });

  it('is as before where a correction is taken back', () => {
    fc.assert(
      fc.property(histories, (dices) => {
        tell(dices, ({ name }, before, outcome) => {
          if (name !== 'Correct' || !recorded(before, outcome)) return;
          const undone = outcome.does('Correct', {
            retract: [{ revision: before.history.length }],
            authority: 'secretariat',
            reason: 'It was right',
          });
          expect(undone.state).toEqual(before.state);
          expect(undone.waivers).toEqual(before.waivers);
          expect(undone.standing).toEqual(before.standing);
        });
      }),
      settings,
    );
  });

  it('stands, told fact by fact, where it stands told at once from what a store gives back', () => {
    fc.assert(
      fc.property(histories, (dices) => {
        const { history, state, waivers } = tell(dices, () => undefined);
        const stored = JSON.parse(JSON.stringify(history)) as typeof history;
        expect(fold(pairing, stored, world.book)).toEqual({
          state: JSON.parse(JSON.stringify(state)) as object,
          waivers,
          revision: history.length - 1,
        });
      }),
      settings,
    );
  });

  it('records no fact a second time for a command that is repeated', () => {
    fc.assert(
      fc.property(histories, (dices) => {
        tell(dices, (sent, before, outcome) => {
          if (!recorded(before, outcome)) return;
          const again = send(outcome, sent);
          expect(again instanceof Rejected ? [] : again.history.slice(outcome.history.length)).toEqual([]);
        });
      }),
      settings,
    );
  });
});
