import { given, story, words } from '../../test/given';
import { because } from '../../test/states';
import { dimensionsOf } from '../kernel/lifecycle';
import { standingFacts } from '../monitoring/standing-facts';
import { pipa } from './pipa';

const unregistered = story(pipa, { book: () => undefined });
const museums = { name: 'Ibermuseos', kind: 'initiative', area: 'culture' } as const;
const registered = unregistered.does('RegisterPipa', museums, '2007');
const steps = [
  ['ProposeProfile', '2006-03', 'PipaProfileProposed', 'profile'],
  ['BeginFormulation', '2006-06', 'PipaFormulationBegun', 'formulation'],
  ['SubmitPipa', '2007-02', 'PipaSubmitted', 'submitted'],
  ['AgreeByHeadsOfCooperation', '2007-05', 'PipaAgreedByHeadsOfCooperation', 'agreed-by-heads-of-cooperation'],
  ['AgreeByMinisters', '2007-10', 'PipaAgreedByMinisters', 'agreed-by-ministers'],
  ['ApprovePipa', '2007-11-10', 'PipaApproved', 'approved'],
  ['ConstitutePipa', '2008', 'PipaConstituted', 'constituted'],
  ['StartPipa', '2009', 'PipaStarted', 'running'],
  ['ConcludePipa', '2020-12-31', 'PipaConcluded', 'concluded'],
] as const;

describe('registering', () => {
  it('says what it is, and of which area where that is known', () => {
    given(unregistered).when('RegisterPipa', museums, '2007').then({ type: 'PipaRegistered', data: museums });
    const unknown = { name: 'TEIB', kind: 'programme' } as const;
    given(unregistered).when('RegisterPipa', unknown, '1992').then({ type: 'PipaRegistered', data: unknown });
  });
  it('comes before everything else, once', () => {
    given(unregistered).when('ApprovePipa', {}, '2007').thenRefused('GATE_CLOSED', 'registered-first', 'NO_SUCH_PIPA');
    given(unregistered)
      .when('ListCountries', { countries: ['AR'], source: 'A page' })
      .thenRefused('GATE_CLOSED', 'registered-first');
    given(registered).when('RegisterPipa', museums, '2008').thenNothing();
    given(registered)
      .when('RegisterPipa', { ...museums, kind: 'programme' }, '2007')
      .thenRefused('PIPA_REGISTERED_OTHERWISE');
  });
  it('and all that follows is not in the future', () =>
    given(registered).when('ApprovePipa', {}, '2030').thenRefused('GATE_CLOSED', 'not-in-the-future'));
});

describe('the course from profile to conclusion', () => {
  it('goes through every step, in order', () => {
    steps.reduce((told, [name, on, type, phase]) => {
      expect(told.tries(name, {}, on).map((event) => event.type)).toEqual([type]);
      const after = told.does(name, {}, on);
      expect(after.state.course.phase).toBe(phase);
      given(after).when(name, {}, on).thenNothing();
      given(after).when(name, {}, '2019').thenRefused('PIPA_STEP_STANDS');
      return after;
    }, registered);
  });
  it('is recorded in any order, as far as the dates allow', () => {
    const told = steps.toReversed().reduce((story, [name, on]) => story.does(name, {}, on), registered);
    expect(told.state.course.phase).toBe('concluded');
    const approved = registered.does('ApprovePipa', {}, '2007');
    given(approved).when('SubmitPipa', {}, '2008').thenRefused('PIPA_STEP_TOO_LATE');
    given(approved).when('SubmitPipa', {}, '2007-12').then({ type: 'PipaSubmitted', data: {} });
    given(approved).when('ConstitutePipa', {}, '2006').thenRefused('PIPA_STEP_TOO_EARLY');
  });
  it('may be known only from its approval on, by which Summit or by one that nobody named', () => {
    const summit = 'XVII Cumbre Iberoamericana';
    given(registered).when('ApprovePipa', { summit }, '2007').then({ type: 'PipaApproved', data: { summit } });
    given(registered).when('ApprovePipa', {}, '2007').then({ type: 'PipaApproved', data: {} });
  });
  it('ends for a reason, and nothing of its countries, kind or plans comes later', () => {
    const concluded = registered.does('ApprovePipa', {}, '2007').does('ConcludePipa', { reason: 'Its aim is reached' }, '2019-06');
    expect(concluded.standing.at(-1)!.data).toEqual({ reason: words('Its aim is reached') });
    const refused = ['GATE_CLOSED', 'before-its-conclusion', 'BEFORE_ITS_CONCLUSION'] as const;
    given(concluded)
      .when('AccedeCountry', { country: 'AR' }, '2019-07')
      .thenRefused(...refused);
    given(concluded)
      .when('ChangePipaKind', { becomes: 'programme' }, '2019-07')
      .thenRefused(...refused);
    given(concluded)
      .when('ProposeOperatingPlan', { year: 2021 }, '2019-07')
      .thenRefused(...refused);
    given(concluded)
      .when('ExtendPipa', { until: '2025' }, '2019-07')
      .thenRefused(...refused);
    given(concluded)
      .when('AccedeCountry', { country: 'AR' }, '2019')
      .then({ type: 'CountryAcceded', data: { country: 'AR' } });
    expect(concluded.does('FileAnnualReport', { year: 2018 }, '2019-12').state.reports[2018]?.filed?.on).toBe('2019-12');
    given(registered.does('AccedeCountry', { country: 'AR' }, '2019-07'))
      .when('ConcludePipa', {}, '2019-06')
      .thenRefused('GATE_CLOSED', 'before-its-conclusion', 'CONCLUSION_AFTER_THE_REST');
  });
});

describe('what it is', () => {
  const dimensions = (told: typeof registered) => dimensionsOf(pipa, told.state, 'ibermuseos');
  it('changes: an initiative becomes a programme, and figures are broken down by what it is by now', () => {
    expect(dimensions(registered)).toEqual({ pipa: 'ibermuseos', kind: 'initiative', area: 'culture' });
    given(registered)
      .when('ChangePipaKind', { becomes: 'programme' }, '2008')
      .then({ type: 'PipaKindChanged', data: { becomes: 'programme' } });
    const programme = registered.does('ChangePipaKind', { becomes: 'programme', summit: 'XVIII' }, '2008');
    expect(dimensions(programme)).toEqual({ pipa: 'ibermuseos', kind: 'programme', area: 'culture' });
    given(programme).when('ChangePipaKind', { becomes: 'programme', summit: 'XVIII' }, '2008').thenNothing();
    given(programme).when('ChangePipaKind', { becomes: 'programme' }, '2010').thenRefused('PIPA_KIND_STANDS');
  });
  it('changes from a programme to an affiliated project, in whatever order that is recorded', () => {
    const cities = unregistered.does('RegisterPipa', { name: 'CIDEU', kind: 'initiative' }, '1993');
    const late = cities
      .does('ChangePipaKind', { becomes: 'affiliated-project' }, '2007')
      .does('ChangePipaKind', { becomes: 'programme' }, '1997');
    expect(dimensions(late)).toEqual({ pipa: 'ibermuseos', kind: 'affiliated-project' });
  });
});

describe('what it was at the time', () => {
  const approved = registered.does('ApprovePipa', {}, '2007');
  const standing = (told: typeof registered, day: string) => {
    const counted = standingFacts(pipa, 'pipa-ibermuseos', told.history, () => undefined);
    const kinds = [...new Set(counted.map(({ dimensions }) => dimensions['was']))].filter((was) => was !== undefined);
    return kinds.filter(
      (was) =>
        counted
          .filter((fact) => fact.measure === 'pipas-active' && fact.dimensions['was'] === was && fact.occurredTo <= day)
          .reduce((sum, { quantity }) => sum + quantity, 0) > 0,
    );
  };
  const days = ['2006-12-31', '2007-12-31', '2008-12-31', '2015-12-31', '2019-12-31'];
  it('is an initiative from its approval until it becomes a programme', () => {
    const promoted = approved.does('ChangePipaKind', { becomes: 'programme' }, '2008');
    expect(days.map((day) => standing(promoted, day))).toEqual([[], ['initiative'], ['programme'], ['programme'], ['programme']]);
  });
  it('is the same in whatever order that is recorded, until its conclusion', () => {
    const late = registered
      .does('ChangePipaKind', { becomes: 'affiliated-project' }, '2015')
      .does('ChangePipaKind', { becomes: 'programme' }, '2008')
      .does('ApprovePipa', {}, '2007')
      .does('ConcludePipa', {}, '2019');
    expect(days.map((day) => standing(late, day))).toEqual([[], ['initiative'], ['programme'], ['affiliated-project'], []]);
  });
  it('is nothing any more once it is concluded, though a change may have been later in the same year', () => {
    const ended = approved.does('ConcludePipa', {}, '2010-06-01').does('ChangePipaKind', { becomes: 'programme' }, '2010');
    expect(['2009-12-31', '2010-08-01', '2010-12-31'].map((day) => standing(ended, day))).toEqual([['initiative'], [], []]);
  });
  it('follows a correction of when it changed', () => {
    const changed = approved.does('ChangePipaKind', { becomes: 'programme' }, '2015');
    const corrected = changed.does('Correct', { replace: [{ revision: 2, occurredOn: '2008' }], ...because });
    expect(days.map((day) => standing(corrected, day))).toEqual([[], ['initiative'], ['programme'], ['programme'], ['programme']]);
  });
});

describe('what can be done next', () => {
  it('is what still can happen, with a country that is no member', () => {
    const told = registered.does('ApprovePipa', {}, '2007').does('ListCountries', { countries: ['ES', 'AD'], source: 'A page' }, '2009');
    const names = told.next('2010').map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['StartPipa', 'ConcludePipa', 'AccedeCountry', 'ListCountries', 'WithdrawCountry']));
    expect(names.filter((name) => ['RegisterPipa', 'ApprovePipa', 'SubmitPipa', 'ReviewMinimum'].includes(name))).toEqual([]);
  });
});
