import { completed, missionHeld, unformed, world } from '../../test/states';
import { boardPairing } from './board-row';

const rules = world.book('iuc-lac-2017@1');
const shown = ({ state, standing }: typeof completed) => boardPairing('cartagena-malaga', state, standing.at(-1)!, rules);

describe('a pairing on the board', () => {
  it('is not there before it is formed', () =>
    expect(
      boardPairing('x', unformed.state, { occurredOn: '2017', recordedAt: '2021-01-01T12:00:00.000Z', actor: 'a', roles: [] }, rules),
    ).toBeUndefined());

  it('says what its next step lacks while it is suspended: to be resumed', () => {
    const suspended = missionHeld.does('SuspendPairing', { reason: 'Elections' }, '2018-03-01');
    expect(shown(suspended)).toMatchObject({
      phase: 'running',
      suspendedSince: '2018-03-01',
      next: { step: 'missions', lacks: [{ code: 'OUTSIDE_SUSPENSION', values: { on: '2018-03-01' } }] },
    });
    expect(shown(suspended.does('ResumePairing', {}, '2018-04-01'))).toMatchObject({ next: { step: 'missions', lacks: [] } });
  });

  it('counts the members of a delegation and their funded seats', () => {
    const members = [true, true, false].map((funded) => ({ sector: 'public', gender: 'woman', funded }) as const);
    const recorded = missionHeld.does('RecordDelegation', { mission: 1, members }, '2018-02-14');
    expect(shown(recorded)!.missions.list).toMatchObject([{ mission: 1, delegates: 5, delegation: { members: 3, funded: 2 } }]);
  });
});
