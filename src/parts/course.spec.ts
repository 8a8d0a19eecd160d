import { given, words } from '../../test/given';
import { because, completed, formed, kickedOff, missionHeld, secondMissionHeld, unformed, world } from '../../test/states';
import { factsOf } from '../kernel/lifecycle';
import { pairing } from '../lifecycles/pairing';

describe('forming a pairing', () => {
  const of = (...applications: string[]) => given(unformed).when('FormPairing', { applications }, '2017-06-20');

  it('takes one selected application of each side, and the rules of their call', () =>
    of('malaga', 'cartagena').then({
      type: 'PairingFormed',
      data: {
        component: 'c1',
        call: 'c1-2017',
        callOpenedOn: '2017-03-01',
        rules: 'iuc-lac-2017@1',
        sides: [
          { side: 'european', members: [{ party: 'malaga', application: 'malaga' }] },
          { side: 'latin-american', members: [{ party: 'cartagena', application: 'cartagena' }] },
        ],
      },
    }));
  it('takes several parties of a side, each with an application of its own', () => {
    const { course } = unformed.does('FormPairing', { applications: ['malaga', 'cartagena', 'barranquilla'] }, '2018').state;
    expect(course).toMatchObject({ callOpenedOn: '2017-09', sides: [{ members: { length: 1 } }, { members: { length: 2 } }] });
  });
  it('is done once, in whatever order the applications are named', () =>
    given(formed)
      .when('FormPairing', { applications: ['malaga', 'cartagena'] })
      .thenNothing());
  it('is refused where the pairing was formed from other applications', () =>
    given(formed)
      .when('FormPairing', { applications: ['malaga', 'barranquilla'] })
      .thenRefused('ALREADY_FORMED'));
  it('is refused for an application that does not exist', () => of('malaga', 'atlantis').thenRefused('NO_SUCH_APPLICATION'));
  it('is refused for an application that is not selected', () => of('almada', 'cartagena').thenRefused('NOT_SELECTED'));
  it('is refused certainly before one of them was selected', () => {
    const selectedOn = (decidedOn: string) => {
      const malaga = { ...(world.elsewhere!['application']!['malaga'] as object), decidedOn };
      return unformed.in({ elsewhere: { application: { ...world.elsewhere!['application'], malaga } } });
    };
    const applications = ['malaga', 'cartagena'];
    given(selectedOn('2017-06-21')).when('FormPairing', { applications }, '2017-06-20').thenRefused('NOT_YET_SELECTED');
    expect(selectedOn('2017-06').tries('FormPairing', { applications }, '2017-06-20')).toHaveLength(1);
  });
  it('is refused where one side is missing', () => of('cartagena', 'barranquilla').thenRefused('ONE_SIDE_ONLY'));
  it('is refused where a party occurs twice', () => of('cartagena', 'malaga', 'malaga-again').thenRefused('PARTY_TWICE'));
  it('is refused across components', () => of('cartagena', 'castilla-y-leon').thenRefused('DIFFERENT_COMPONENTS'));
  it('is not corrected into a pairing of one side', () => {
    const { data } = formed.standing[0]!;
    const oneSided = { ...(data as object), sides: [{ side: 'european', members: [{ party: 'malaga', application: 'malaga' }] }] };
    given(formed)
      .when('Correct', { replace: [{ revision: 0, data: oneSided }], ...because })
      .thenRefused('DERIVED_BY_THE_RULES');
  });
});

describe('kicking off a pairing', () => {
  it('starts it', () => given(formed).when('KickOff', {}, '2017-09-11').then({ type: 'PairingKickedOff', data: {} }));
  it('is done once', () => given(kickedOff).when('KickOff', {}, '2017-09-11').thenNothing());
  it('is refused on another day', () => given(kickedOff).when('KickOff', {}, '2017-09-12').thenRefused('ALREADY_KICKED_OFF'));
  it('is refused for a pairing that was never formed', () => given(unformed).when('KickOff', {}).thenRefused('NO_SUCH_PAIRING'));
  it('may be recorded after an end that came later', () => {
    const late = formed.does('WithdrawPairing', { side: 'european', reason: 'Elections' }, '2018-01').does('KickOff', {}, '2017-09-11');
    expect(late.state.course).toMatchObject({ phase: 'withdrawn', kickedOffOn: '2017-09-11', endedOn: '2018-01' });
  });
});

describe('completing a pairing', () => {
  const results = 'A fountain that wastes nothing';
  it('tells what came of it', () =>
    expect(completed.state.course).toMatchObject({ phase: 'completed', results: words(results), endedOn: '2019-02-28' }));
  it('is done once', () => given(completed).when('CompletePairing', { results }).thenNothing());
  it('is refused a second time with other results', () =>
    given(completed).when('CompletePairing', {}, '2019-03').thenRefused('ALREADY_ENDED'));
  it('is refused before the kick-off', () => given(formed).when('CompletePairing', {}, '2018').thenRefused('NOT_KICKED_OFF'));
});

describe.each([
  [
    'a withdrawal',
    'WithdrawPairing',
    { side: 'european', reason: 'Elections' },
    'PairingWithdrawn',
    { side: 'latin-american', reason: 'Elections' },
  ],
  [
    'a termination',
    'TerminatePairing',
    { decidedBy: 'secretariat', reason: 'Silence' },
    'PairingTerminated',
    { decidedBy: 'secretariat', reason: 'Fraud' },
  ],
  ['an end without agreement', 'EndWithoutAgreement', { reason: 'Out of time' }, 'PairingEndedWithoutAgreement', { reason: 'Other aims' }],
] as const)('%s', (_, command, body, type, other) => {
  const ended = missionHeld.does(command, body, '2018-09');
  it('ends a pairing and says why', () =>
    expect(ended.standing.at(-1)).toMatchObject({ type, data: { ...body, reason: words(body.reason) } }));
  it('is recorded once', () => given(ended).when(command, body).thenNothing());
  it('is refused where the pairing has ended, also otherwise', () =>
    given(ended).when(command, other, '2018-09').thenRefused('ALREADY_ENDED'));
  it('is refused for a pairing that was never formed', () => given(unformed).when(command, body).thenRefused('NO_SUCH_PAIRING'));
});

it('a pairing that was not kicked off can be withdrawn, but not end without an agreement', () => {
  given(formed).when('EndWithoutAgreement', { reason: 'Too soon' }).thenRefused('NOT_KICKED_OFF');
  expect(formed.does('WithdrawPairing', { side: 'latin-american', reason: 'Elections' }).state.course.phase).toBe('withdrawn');
});
it('an end can be taken back, and the pairing goes on', () =>
  expect(completed.does('Correct', { retract: [{ revision: completed.standing.at(-1)!.revision }], ...because }).state.course).toEqual(
    secondMissionHeld.state.course,
  ));

describe('dissolving a pairing', () => {
  const mistake = { cause: 'formed-by-mistake', reason: 'Typed twice' } as const;
  const fellAway = { cause: 'application-fell-away', application: 'malaga' } as const;
  const dissolved = formed.does('DissolvePairing', mistake, '2017-07-01');
  it('says that it was formed by mistake, or which application fell away', () => {
    given(formed)
      .when('DissolvePairing', mistake)
      .then({ type: 'PairingDissolved', data: { ...mistake, reason: words('Typed twice') } });
    given(formed).when('DissolvePairing', fellAway).then({ type: 'PairingDissolved', data: fellAway });
    expect(dissolved.state.course).toMatchObject({ phase: 'dissolved', cause: 'formed-by-mistake', endedOn: '2017-07-01' });
  });
  it('is done once', () => {
    given(dissolved).when('DissolvePairing', mistake).thenNothing();
    given(dissolved).when('DissolvePairing', fellAway).thenRefused('ALREADY_ENDED');
  });
  it('comes before the kick-off, whatever their dates', () => {
    given(kickedOff).when('DissolvePairing', mistake, '2017-07-01').thenRefused('ALREADY_KICKED_OFF');
    given(dissolved).when('KickOff', {}, '2017-06-30').thenRefused('ALREADY_ENDED');
  });
  it('names an application that the pairing was formed from', () =>
    given(formed).when('DissolvePairing', { cause: 'application-fell-away', application: 'barranquilla' }).thenRefused('NOT_FORMED_FROM'));
  it('is refused for a pairing that was never formed, or has ended', () => {
    given(unformed).when('DissolvePairing', mistake).thenRefused('NO_SUCH_PAIRING');
    given(completed).when('DissolvePairing', mistake).thenRefused('ALREADY_ENDED');
  });
  it('does not come before the day on which the pairing was formed', () =>
    given(formed).when('DissolvePairing', mistake, '2017-06-19').thenRefused('GATE_CLOSED', 'end-after-the-rest', 'NOTHING_LATER'));
  it('can be taken back', () =>
    expect(dissolved.does('Correct', { retract: [{ revision: 1 }], ...because }).state.course).toEqual(formed.state.course));
  it('is shown to other streams, and ends what is open', () => {
    expect(pairing.seen(dissolved.state)).toEqual({ phase: 'dissolved' });
    expect(factsOf(pairing, dissolved.standing.at(-1)!, dissolved.state, formed.state)).toEqual([
      { measure: 'pairings-open', subject: 'pairing', quantity: -1 },
      { measure: 'pairings-ended', subject: 'pairing', quantity: 1, by: { how: 'dissolved' } },
    ]);
  });
  it('is recorded by officers, or by a service that learns of it', () =>
    expect(pairing.parts.course.commands.DissolvePairing.by).toEqual(['programme-officer', 'admin', 'service']));
});
