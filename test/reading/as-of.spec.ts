import fc from 'fast-check';
import { knownBy } from '../../src/engine/as-of';
import { foldOf, happenedBy, inForce } from '../../src/kernel/history';
import { pairing } from '../../src/lifecycles/pairing';
import type { Pairing } from '../../src/lifecycles/pairing-parts';
import { boardPairingIn } from '../../src/reading/board-row';
import { rowsAsOf } from '../../src/reading/timeline-entries';
import type { Recorded } from '../../src/store/port';
import { correction, planned, retraction } from './cooperation';
import { history, oneMission, rules2019, type Told } from './recording';

/** The facts as a store holds them, each at a position ten times its revision. */
const recorded = (...facts: readonly Told[]): readonly Recorded[] =>
  history(...facts).map(({ revision, type, data, occurredOn, recordedAt, actor, roles, commandId }) => ({
    ...{ id: String(revision), stream: 'pairing-told', revision, type, data: data as Record<string, unknown>, recordedAt },
    position: BigInt(revision * 10),
    metadata: { occurredOn, actor, roles, commandId, commandHash: 'none', correlationId: 'test' },
  }));
const typesOf = (events: readonly { readonly type: string }[]) => events.map(({ type }) => type);

describe('what had certainly happened by a day', () => {
  const standing = inForce(history(...oneMission));
  it.each([
    ['2017-06-29', []],
    ['2017-06-30', ['PairingFormed']],
    ['2017-09-01', ['PairingFormed', 'PairingKickedOff']],
    ['2018-01-30', ['PairingFormed', 'PairingKickedOff', 'MissionPlanned', 'MissionHeld']],
    ['2018-01-31', ['PairingFormed', 'PairingKickedOff', 'MissionPlanned', 'MissionHeld', 'MissionPlanned']],
  ])('on %s is what is dated to that day, and to months that are over', (day, types) =>
    expect(typesOf(happenedBy(standing, day))).toEqual(types),
  );

  it('goes by the date that a correction gave it', () => {
    const later = inForce(history(...oneMission, correction(1, ['PairingKickedOff', {}, '2019-01'])));
    expect(typesOf(happenedBy(later, '2017-10-01'))).toEqual(['PairingFormed']);
  });
});

describe('what was known by a position', () => {
  const told = recorded(...oneMission);
  it('is what was recorded at it or before', () => {
    expect(knownBy(told, 20n).map(({ revision }) => revision)).toEqual([0, 1, 2]);
    expect(knownBy(told, 29n).map(({ revision }) => revision)).toEqual([0, 1, 2]);
    expect(knownBy(told, 1_000n)).toEqual(told);
    expect(knownBy(told, -1n)).toEqual([]);
  });
  it('is of one command all or nothing', () => {
    const together: Told = ['MissionReported', { mission: 1, outputs: [] }, '2018-02', { commandId: 'command 4' }];
    const both = recorded(...oneMission, together);
    expect(knownBy(both, 40n).map(({ revision }) => revision)).toEqual([0, 1, 2, 3]);
    expect(knownBy(both, 50n)).toHaveLength(6);
  });
});

describe('the timeline as of a day', () => {
  const facts = [...oneMission, correction(1, ['PairingKickedOff', {}, '2019-01']), retraction(4, 'MissionPlanned')];
  const on = (day: string) => {
    const events = recorded(...facts);
    return rowsAsOf(events, history(...facts), day).map(({ revision, entry }) => `${revision} ${entry.standing}`);
  };
  it('tells what was corrected with its correction once it had happened, as it is dated by it', () => {
    expect(on('2017-12-31')).toEqual(['0 in-force', '2 in-force', '3 in-force']);
    expect(on('2018-12-31')).toEqual(['0 in-force', '2 in-force', '3 in-force', '4 retracted', '6 in-force']);
    expect(on('2019-01-31')).toContain('1 corrected');
    expect(on('2019-01-31')).toContain('5 in-force');
  });
});

describe('a pairing of which only some facts had certainly happened', () => {
  const standing = inForce(history(...planned));
  it('is shown as far as they go, whichever these are', () => {
    fc.assert(
      fc.property(fc.subarray([...standing]), (some) => {
        const { state } = foldOf(pairing, some, standing.length - 1, () => rules2019);
        const shown = boardPairingIn('told', state as Pairing, some, () => rules2019);
        expect(shown === undefined).toBe(!some.some(({ type }) => type === 'PairingFormed'));
      }),
    );
  });
});
