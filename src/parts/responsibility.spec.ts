import { given, story } from '../../test/given';
import { completed, formed, kickedOff, unformed } from '../../test/states';
import { rulesOf2017 } from '../../test/rules';
import { factsOf } from '../kernel/lifecycle';
import { call } from '../lifecycles/call';
import { pairing } from '../lifecycles/pairing';
import { programme } from '../lifecycles/programme';
import type { CallEvents } from './call-course';
import { assigned as current } from './responsibility-terms';

const account = (letter: string) => `${letter.repeat(8)}-0000-4000-8000-000000000000`;
const [ana, bea] = [account('a'), account('b')];
const assigned = formed.does('AssignOfficer', { officer: ana }, '2017-07-03');
const released = assigned.does('ReleaseOfficer', { officer: ana }, '2018-03');
const because = { authority: 'secretariat', reason: 'Typed wrongly' };

describe('an officer', () => {
  it('is assigned to a pairing, one or several', () => {
    given(formed)
      .when('AssignOfficer', { officer: ana }, '2017-07-03')
      .then({ type: 'OfficerAssigned', data: { officer: ana } });
    expect(current(assigned.does('AssignOfficer', { officer: bea }, '2017-08').state.responsibility)).toEqual([ana, bea]);
  });
  it('is assigned once, and a second time only after being released', () => {
    given(assigned).when('AssignOfficer', { officer: ana }, '2017-07-03').thenNothing();
    given(assigned).when('AssignOfficer', { officer: ana }, '2017-09').thenRefused('ALREADY_ASSIGNED');
    given(released).when('AssignOfficer', { officer: ana }, '2018-02').thenRefused('ALREADY_ASSIGNED');
    expect(current(released.does('AssignOfficer', { officer: ana }, '2018-05').state.responsibility)).toEqual([ana]);
  });
  it('is released once', () => {
    given(assigned)
      .when('ReleaseOfficer', { officer: ana }, '2018-03')
      .then({ type: 'OfficerReleased', data: { officer: ana } });
    given(released).when('ReleaseOfficer', { officer: ana }, '2018-03').thenNothing();
    given(released).when('ReleaseOfficer', { officer: ana }, '2018-04').thenRefused('NOT_ASSIGNED');
    expect(current(released.state.responsibility)).toEqual([]);
  });
  it('is not released without being assigned by then', () => {
    given(assigned).when('ReleaseOfficer', { officer: bea }).thenRefused('NOT_ASSIGNED');
    given(assigned).when('ReleaseOfficer', { officer: ana }, '2017-07-02').thenRefused('NOT_ASSIGNED');
    expect(assigned.tries('ReleaseOfficer', { officer: ana }, '2017-07')).toHaveLength(1);
  });
  it('of earlier times is recorded late, and who is responsible now stays', () => {
    const late = assigned.does('AssignOfficer', { officer: bea }, '2017-06-21').does('ReleaseOfficer', { officer: bea }, '2017-07-02');
    expect(current(late.state.responsibility)).toEqual([ana]);
    const again = released.does('AssignOfficer', { officer: ana }, '2017-06-21').does('ReleaseOfficer', { officer: ana }, '2017-06-30');
    expect(current(again.state.responsibility)).toEqual([]);
  });
  it('changes also while a pairing is suspended, and after its end', () => {
    const suspended = kickedOff.does('SuspendPairing', { reason: 'Elections' }, '2018-01-10');
    expect(suspended.tries('AssignOfficer', { officer: ana }, '2018-01-20')).toHaveLength(1);
    expect(completed.tries('AssignOfficer', { officer: ana }, '2019-05')).toHaveLength(1);
  });
  it('needs a pairing, from the opening of its call on', () => {
    given(unformed).when('AssignOfficer', { officer: ana }).thenRefused('GATE_CLOSED', 'formed-first');
    given(formed).when('AssignOfficer', { officer: ana }, '2017-02').thenRefused('GATE_CLOSED', 'not-before-call');
  });
  it('assigned in error is taken back, unless a release rests on it', () => {
    const back = (revision: number) => ({ retract: [{ revision }], ...because });
    expect(current(assigned.does('Correct', back(1)).state.responsibility)).toEqual([]);
    given(released).when('Correct', back(1)).thenNeededBy('OfficerReleased', 'NOT_ASSIGNED');
    expect(current(released.does('Correct', back(2)).state.responsibility)).toEqual([ana]);
  });
  it('counts while assigned', () => {
    const facts = [assigned, released].map((after, i) =>
      factsOf(pairing, after.history.at(-1)!, after.state, [formed, assigned][i]!.state),
    );
    expect(facts.map(([fact]) => [fact!.measure, fact!.subject, fact!.quantity])).toEqual([
      ['officers-assigned', { ref: `officer/${ana}` }, 1],
      ['officers-assigned', { ref: `officer/${ana}` }, -1],
    ]);
  });
});

const iuc = { name: 'International Urban Cooperation', components: ['C3', 'C1'] } as const;
const noProgramme = story(programme, { book: () => undefined });
const opened = noProgramme.does('OpenProgramme', iuc, '2016-12');
const elsewhere = { programme: { iuc: { components: ['C1', 'C3'] } } };
const noCall = story(call, { book: () => rulesOf2017, elsewhere });
const first: CallEvents['CallOpened'] = {
  ...{ title: 'First call', component: 'C1', round: 1, rules: rulesOf2017.name },
  ...{ deadline: '2017-09-21T23:59', timeZone: 'Europe/Brussels', programme: 'iuc' },
};
const openCall = noCall.does('OpenCall', first, '2017-07-01');

describe('a programme', () => {
  it('is opened with its components, once', () => {
    given(noProgramme)
      .when('OpenProgramme', iuc)
      .then({ type: 'ProgrammeOpened', data: { name: iuc.name, components: ['C1', 'C3'] } });
    given(opened).when('OpenProgramme', iuc).thenNothing();
    given(opened)
      .when('OpenProgramme', { ...iuc, components: ['C1'] })
      .thenRefused('PROGRAMME_OPENED_OTHERWISE');
  });
  it('has officers, as a call has', () => {
    const event = { type: 'OfficerAssigned', data: { officer: ana } } as const;
    given(opened).when('AssignOfficer', { officer: ana }, '2017-08').then(event);
    given(openCall).when('AssignOfficer', { officer: ana }, '2017-08').then(event);
    given(noProgramme).when('AssignOfficer', { officer: ana }).thenRefused('NO_SUCH_PROGRAMME');
    given(opened).when('AssignOfficer', { officer: ana }, '2016-11').thenRefused('GATE_CLOSED', 'not-before-programme');
    given(noCall).when('AssignOfficer', { officer: ana }).thenRefused('NO_SUCH_CALL');
  });
  it('is named by its calls, each of one of its components', () => {
    given(noCall).when('OpenCall', first, '2017-07-01').then({ type: 'CallOpened', data: first });
    given(openCall.in({ elsewhere: {} }))
      .when('OpenCall', first, '2017-07-01')
      .thenNothing();
    given(noCall.in({ elsewhere: {} }))
      .when('OpenCall', first, '2017-07-01')
      .thenRefused('NO_PROGRAMME_TO_BELONG_TO');
    given(noCall.in({ elsewhere: { programme: { iuc: { components: ['C3'] } } } }))
      .when('OpenCall', first, '2017-07-01')
      .thenRefused('COMPONENT_NOT_OF_PROGRAMME');
  });
});

describe('an assessor', () => {
  const malaga = { assessor: ana, party: 'malaga' };
  const assigned = openCall.does('AssignAssessor', malaga, '2017-09');
  const released = assigned.does('ReleaseAssessor', { assessor: ana }, '2017-11-15');

  it('is assigned to a call, with the party they belong to', () => {
    given(openCall).when('AssignAssessor', malaga).then({ type: 'AssessorAssigned', data: malaga });
    given(openCall)
      .when('AssignAssessor', { assessor: ana })
      .then({ type: 'AssessorAssigned', data: { assessor: ana } });
    given(noCall).when('AssignAssessor', malaga).thenRefused('NO_SUCH_CALL');
  });
  it('is assigned once, otherwise only after being released', () => {
    given(assigned).when('AssignAssessor', malaga, '2017-09').thenNothing();
    given(assigned).when('AssignAssessor', { assessor: ana }, '2017-09').thenRefused('ALREADY_ASSIGNED');
    expect(released.tries('AssignAssessor', { assessor: ana }, '2017-12')).toHaveLength(1);
  });
  it('is released once', () => {
    given(released).when('ReleaseAssessor', { assessor: ana }, '2017-11-15').thenNothing();
    given(released).when('ReleaseAssessor', { assessor: ana }).thenRefused('NOT_ASSIGNED');
    given(openCall).when('ReleaseAssessor', { assessor: ana }).thenRefused('NOT_ASSIGNED');
  });
  it('is known to whoever decides on an assessment, from when to when', () => {
    expect(call.seen(openCall.state)).not.toHaveProperty('assessors');
    expect(call.seen(released.state)).toMatchObject({ assessors: [{ ...malaga, from: '2017-09', to: '2017-11-15' }] });
  });
  it('counts while assigned', () => {
    const facts = [assigned, released].map((after, i) => factsOf(call, after.history.at(-1)!, after.state, [openCall, assigned][i]!.state));
    expect(facts.map(([fact]) => `${fact!.measure} ${fact!.quantity}`)).toEqual(['assessors-assigned 1', 'assessors-assigned -1']);
  });
});
