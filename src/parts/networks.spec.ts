import { given, words } from '../../test/given';
import { because, completed, formed, kickedOff, unformed } from '../../test/states';
import { factsOf } from '../kernel/lifecycle';
import { pairing } from '../lifecycles/pairing';
import { currentNetworks } from './networks';

const network = 'urban-mobility-network';
const assigned = completed.does('AssignToNetwork', { network }, '2019-06-01');
const left = assigned.does('LeaveNetwork', { network, reason: 'Other aims' }, '2020-03-01');

describe('assigning a pairing to a thematic network', () => {
  it('happens once it is formed, also after its end', () => {
    given(completed).when('AssignToNetwork', { network }, '2019-06-01').then({ type: 'NetworkAssigned', data: { network } });
    given(formed).when('AssignToNetwork', { network }, '2018').then({ type: 'NetworkAssigned', data: { network } });
    given(unformed).when('AssignToNetwork', { network }).thenRefused('GATE_CLOSED', 'formed-first');
  });
  it('is done once', () => given(assigned).when('AssignToNetwork', { network }, '2019-06-01').thenNothing());
  it('is refused while it is in the network', () => {
    given(assigned).when('AssignToNetwork', { network }, '2019-07').thenRefused('ALREADY_IN_NETWORK');
    given(left).when('AssignToNetwork', { network }, '2019-07').thenRefused('ALREADY_IN_NETWORK');
  });
  it('may be to several, and to one again', () => {
    const again = left.does('AssignToNetwork', { network }, '2020-04').does('AssignToNetwork', { network: 'water' }, '2020-04');
    expect(currentNetworks(again.state.networks)).toEqual([network, 'water']);
  });
  it('does not happen while it is suspended', () =>
    given(kickedOff.does('SuspendPairing', { reason: 'Elections' }, '2018-01'))
      .when('AssignToNetwork', { network }, '2018-03')
      .thenRefused('GATE_CLOSED', 'not-while-suspended', 'OUTSIDE_SUSPENSION'));
});

describe('leaving a thematic network', () => {
  it('says why', () =>
    given(assigned)
      .when('LeaveNetwork', { network, reason: 'Other aims' }, '2020-03-01')
      .then({ type: 'NetworkLeft', data: { network, reason: words('Other aims') } }));
  it('is done once', () => given(left).when('LeaveNetwork', { network, reason: 'Other aims' }, '2020-03-01').thenNothing());
  it('is refused for a network it is not in then', () => {
    given(completed).when('LeaveNetwork', { network }).thenRefused('NOT_IN_NETWORK');
    given(assigned).when('LeaveNetwork', { network }, '2019-05').thenRefused('NOT_IN_NETWORK');
    given(left).when('LeaveNetwork', { network }, '2020-04').thenRefused('NOT_IN_NETWORK');
  });
  it('recorded late, with the time before, leaves the membership that came later', () => {
    const late = assigned.does('AssignToNetwork', { network }, '2018-01').does('LeaveNetwork', { network }, '2018-06');
    expect(late.state.networks[network]).toEqual([{ from: '2019-06-01' }, { from: '2018-01', to: '2018-06' }]);
    given(assigned.does('AssignToNetwork', { network }, '2018-01').does('LeaveNetwork', { network }, '2020-01'))
      .when('LeaveNetwork', { network }, '2019-07')
      .thenRefused('IN_NETWORK_AGAIN');
  });
  it('needs the assignment', () =>
    given(left)
      .when('Correct', { retract: [{ revision: assigned.history.length - 1 }], ...because })
      .thenNeededBy('NetworkLeft', 'NOT_IN_NETWORK'));
  it('ends what the assignment counts', () => {
    const facts = (story: typeof left, before: typeof left) => factsOf(pairing, story.standing.at(-1)!, story.state, before.state);
    const subject = { ref: `party/${network}` };
    expect(facts(assigned, completed)).toEqual([{ measure: 'network-memberships', subject, quantity: 1 }]);
    expect(facts(left, assigned)).toEqual([{ measure: 'network-memberships', subject, quantity: -1 }]);
  });
});
