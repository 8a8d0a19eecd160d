import { given, words } from '../../test/given';
import { because, pilotDesigned, planApproved } from '../../test/states';

const design = { pilot: 'fountains', action: 'reuse-of-water', title: 'Fountains' };
const grant = { pilot: 'fountains', payment: 'first', funder: 'programme', amountMinor: 2_500_000, currency: 'EUR' } as const;
const pilot = 'fountains';
const funded = pilotDesigned.does('FundPilot', grant, '2018-07-01');
const started = funded.does('StartPilot', { pilot }, '2018-08');
const completed = started.does('CompletePilot', { pilot, results: 'Ten fountains' }, '2018-12');
const abandoned = started.does('AbandonPilot', { pilot, reason: 'Drought' }, '2018-12');

describe('designing a pilot', () => {
  it('names the action that it implements', () =>
    given(planApproved)
      .when('DesignPilot', design, '2018-05-30')
      .then({ type: 'PilotDesigned', data: { ...design, title: words('Fountains') } }));
  it('is done once, also when the pilot has gone on', () => given(completed).when('DesignPilot', design).thenNothing());
  it('is refused where the pilot was designed otherwise', () =>
    given(pilotDesigned)
      .when('DesignPilot', { ...design, action: 'old-town' })
      .thenRefused('PILOT_ALREADY_DESIGNED'));
});

describe('funding a pilot', () => {
  it('says who pays how much', () =>
    given(pilotDesigned).when('FundPilot', grant, '2018-07-01').then({ type: 'PilotFunded', data: grant }));
  it('is done once for each payment, also with equal ones of one day', () => {
    const second = { ...grant, payment: 'second' };
    given(funded).when('FundPilot', second, '2018-07-01').then({ type: 'PilotFunded', data: second });
    given(funded).when('FundPilot', grant, '2018-07-01').thenNothing();
    given(funded)
      .when('FundPilot', { ...grant, amountMinor: 1 }, '2018-07-01')
      .thenRefused('PAYMENT_RECORDED_OTHERWISE');
    given(funded).when('FundPilot', grant, '2018-07-02').thenRefused('PAYMENT_RECORDED_OTHERWISE');
  });
  it('goes on after the start', () =>
    given(started)
      .when('FundPilot', { ...grant, payment: 'second', funder: 'party' }, '2018-09')
      .then({ type: 'PilotFunded', data: { ...grant, payment: 'second', funder: 'party' } }));
  it('is refused for no pilot, or one that is over', () => {
    given(planApproved).when('FundPilot', grant, '2018-07').thenRefused('NO_SUCH_PILOT');
    given(abandoned)
      .when('FundPilot', { ...grant, payment: 'second' }, '2019-01')
      .thenRefused('PILOT_NOT_OPEN');
    given(pilotDesigned).when('FundPilot', grant, '2018-05-29').thenRefused('PILOT_TOO_EARLY');
  });
  it('is recorded late of one that is over since', () => {
    for (const over of [completed, abandoned]) expect(over.tries('FundPilot', { ...grant, payment: 'second' }, '2018-09')).toHaveLength(1);
  });
  it('keeps its end from being dated before it, in whatever order they are recorded', () => {
    const paid = started.does('FundPilot', { ...grant, payment: 'second' }, '2018-09-15');
    given(paid).when('CompletePilot', { pilot }, '2018-08').thenRefused('PILOT_PAID_LATER');
    given(paid).when('AbandonPilot', { pilot, reason: 'Drought' }, '2018-09-14').thenRefused('PILOT_PAID_LATER');
    for (const date of ['2018-09-15', '2018-09', '2018'])
      expect(paid.tries('AbandonPilot', { pilot, reason: 'Drought' }, date)).toHaveLength(1);
    for (const over of [
      paid.does('CompletePilot', { pilot }, '2018-12'),
      completed.does('FundPilot', { ...grant, payment: 'second' }, '2018-09-15'),
    ]) {
      const { revision } = over.standing.find(({ type }) => type === 'PilotCompleted')!;
      expect(() => over.does('Correct', { replace: [{ revision, occurredOn: '2018-08' }], ...because })).toThrow('FACTS_REST_ON_IT');
    }
  });
});

describe('starting a pilot', () => {
  it('needs no money yet', () => given(pilotDesigned).when('StartPilot', { pilot }).then({ type: 'PilotStarted', data: { pilot } }));
  it('is done once', () => given(started).when('StartPilot', { pilot }).thenNothing());
  it('is refused for one that is over, or was never designed', () => {
    given(completed).when('StartPilot', { pilot }).thenRefused('PILOT_NOT_OPEN');
    given(planApproved).when('StartPilot', { pilot }).thenRefused('NO_SUCH_PILOT');
  });
});

describe('completing a pilot', () => {
  it('tells what came of it', () =>
    given(started)
      .when('CompletePilot', { pilot, results: 'Ten fountains' })
      .then({ type: 'PilotCompleted', data: { pilot, results: words('Ten fountains') } }));
  it('is done once', () => given(completed).when('CompletePilot', { pilot, results: 'Ten fountains' }).thenNothing());
  it('keeps what paid for it', () =>
    expect(completed.state.pilots[pilot]).toMatchObject({ is: 'completed', funding: [{ amountMinor: 2_500_000, on: '2018-07-01' }] }));
  it('is refused before the start, after an end, or with other results', () => {
    given(funded).when('CompletePilot', { pilot }).thenRefused('PILOT_NOT_OPEN');
    given(abandoned).when('CompletePilot', { pilot }).thenRefused('PILOT_NOT_OPEN');
    given(completed).when('CompletePilot', { pilot, results: 'Eleven' }).thenRefused('PILOT_NOT_OPEN');
  });
});

describe('abandoning a pilot', () => {
  const body = { pilot, reason: 'Drought' };
  it('says why, before or after the start', () => {
    given(pilotDesigned)
      .when('AbandonPilot', body)
      .then({ type: 'PilotAbandoned', data: { pilot, reason: words('Drought') } });
    expect(abandoned.state.pilots[pilot]?.is).toBe('abandoned');
  });
  it('is done once', () => given(abandoned).when('AbandonPilot', body).thenNothing());
  it('is refused for a completed one', () => given(completed).when('AbandonPilot', body).thenRefused('PILOT_NOT_OPEN'));
});

describe('a pilot by its dates', () => {
  it('starts, is completed and is abandoned not before it came to be', () => {
    given(pilotDesigned).when('StartPilot', { pilot }, '2018-05-29').thenRefused('PILOT_TOO_EARLY');
    given(pilotDesigned).when('AbandonPilot', { pilot, reason: 'Drought' }, '2018-05-29').thenRefused('PILOT_TOO_EARLY');
    given(started).when('AbandonPilot', { pilot, reason: 'Drought' }, '2018-07').thenRefused('PILOT_TOO_EARLY');
    given(started).when('CompletePilot', { pilot }, '2018-07').thenRefused('PILOT_TOO_EARLY');
    expect(started.tries('CompletePilot', { pilot }, '2018')).toHaveLength(1);
  });
});
