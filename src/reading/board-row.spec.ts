import { completed, formed, missionHeld, unformed, world } from '../../test/states';
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
      nextStep: { step: 'missions', lacks: [{ code: 'OUTSIDE_SUSPENSION', values: { on: '2018-03-01' } }] },
    });
    expect(shown(suspended.does('ResumePairing', {}, '2018-04-01'))).toMatchObject({ nextStep: { step: 'missions', lacks: [] } });
  });

  it('counts the members of a delegation and their funded seats', () => {
    const members = [true, true, false].map((funded) => ({ sector: 'public', gender: 'woman', funded }) as const);
    const recorded = missionHeld.does('RecordDelegation', { mission: 1, members }, '2018-02-14');
    expect(shown(recorded)!.missions.list).toMatchObject([{ mission: 1, delegates: 5, delegation: { members: 3, funded: 2 } }]);
  });

  it('names the thematic networks it is in, and until when its agreements are valid', () => {
    const joined = completed
      .does('AssignToNetwork', { network: 'mobility' }, '2019-06')
      .does('AssignToNetwork', { network: 'water' }, '2019-07');
    const renewed = joined
      .does('LeaveNetwork', { network: 'water' }, '2019-08')
      .does('RenewAgreement', { agreement: 'cooperation', validUntil: '2022-12-31' }, '2020-06');
    expect(shown(renewed)).toMatchObject({ networks: ['mobility'], agreements: [{ status: 'concluded', validUntil: '2022-12-31' }] });
  });

  it('is shown as dissolved, with no next step', () => {
    const dissolved = shown(formed.does('DissolvePairing', { cause: 'formed-by-mistake' }, '2017-07-01'));
    expect(dissolved).toMatchObject({ phase: 'dissolved', endedOn: '2017-07-01' });
    expect(dissolved).not.toHaveProperty('next');
  });
});
