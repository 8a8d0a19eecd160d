import { given, story, words } from '../../test/given';
import { because } from '../../test/states';
import { dimensionsOf } from '../kernel/lifecycle';
import { standingFacts } from '../monitoring/standing-facts';
import { assignedTo } from '../parts/pacci-course';
import { sevenLines } from '../parts/pacci-course-lines';
import { pacci } from './pacci';

const unopened = story(pacci, { book: () => undefined, id: 'second' });
const second = { name: 'II PACCI', fromYear: 2019 };
const opened = unopened.does('OpenPacci', second, '2018-11');
const line = 'culture-sustainable-development';
const assigned = opened.does('AssignPipaToLine', { line, pipa: 'ibermuseos' }, '2019');

describe('a four-year action plan', () => {
  it('opens for four years, with the seven lines where it names no others', () => {
    given(unopened)
      .when('OpenPacci', second, '2018-11')
      .then({ type: 'PacciOpened', data: { ...second, toYear: 2022, lines: [...sevenLines] } });
    expect(sevenLines).toHaveLength(7);
    expect(dimensionsOf(pacci, opened.state, 'any')).toEqual({ plan: '2019-2022' });
    given(opened).when('OpenPacci', second, '2018-11').thenNothing();
    given(opened)
      .when('OpenPacci', { ...second, fromYear: 2020 }, '2018-11')
      .thenRefused('PACCI_OPENED_OTHERWISE');
  });
  it('names lines of its own, each once', () => {
    const digital = { line: 'digital', title: { en: 'Digital', es: 'Digital', pt: 'Digital' } };
    const third = { name: 'III PACCI', fromYear: 2023, lines: [digital, { ...digital, line: 'health' }] };
    given(unopened)
      .when('OpenPacci', third, '2020')
      .then({ type: 'PacciOpened', data: { ...third, toYear: 2026 } });
    given(unopened)
      .when('OpenPacci', { ...third, lines: [digital, digital] }, '2020')
      .thenRefused('PACCI_LINE_TWICE');
  });
});

describe('a line of the plan', () => {
  it('is assigned programmes and pairings, which results are shared by', () => {
    given(opened)
      .when('AssignPipaToLine', { line, pipa: 'ibermuseos' }, '2019')
      .then({ type: 'PipaAssignedToLine', data: { line, pipa: 'ibermuseos' } });
    const both = assigned.does('AssignPairingToLine', { line, pairing: 'cartagena-malaga' }, '2019-05');
    expect(assignedTo(both.state.plan, line)).toEqual([
      { kind: 'pipa', id: 'ibermuseos' },
      { kind: 'pairing', id: 'cartagena-malaga' },
    ]);
    const facts = standingFacts(pacci, 'pacci-second', both.history, () => undefined);
    expect(facts.filter(({ measure }) => measure === 'pacci-assignments')).toMatchObject([
      { subject: 'pipa/ibermuseos', quantity: 1, dimensions: { line, kind: 'pipa', plan: '2019-2022' } },
      { subject: 'pairing/cartagena-malaga', quantity: 1, dimensions: { line, kind: 'pairing', plan: '2019-2022' } },
    ]);
  });
  it('is one of the plan, which is open', () => {
    given(opened).when('AssignPipaToLine', { line: 'space', pipa: 'ibermuseos' }, '2019').thenRefused('NO_SUCH_PACCI_LINE');
    given(unopened).when('AssignPairingToLine', { line, pairing: 'a' }, '2019').thenRefused('NO_SUCH_PACCI');
  });
  it('is assigned something once at a time, and several lines may be', () => {
    given(assigned).when('AssignPipaToLine', { line, pipa: 'ibermuseos' }, '2019').thenNothing();
    given(assigned).when('AssignPipaToLine', { line, pipa: 'ibermuseos' }, '2020').thenRefused('ON_LINE_ALREADY');
    const gender = { line: 'gender-equality', pipa: 'ibermuseos' };
    given(assigned).when('AssignPipaToLine', gender, '2020').then({ type: 'PipaAssignedToLine', data: gender });
  });
  it('loses what is removed from it, for a reason', () => {
    const removal = { line, pipa: 'ibermuseos', reason: 'Another line' };
    const removed = assigned.does('RemovePipaFromLine', removal, '2020-06');
    expect(removed.standing.at(-1)!.data).toEqual({ ...removal, reason: words('Another line') });
    expect(assignedTo(removed.state.plan, line)).toEqual([]);
    given(removed).when('RemovePipaFromLine', removal, '2020-06').thenNothing();
    given(removed).when('RemovePipaFromLine', { line, pipa: 'ibermuseos' }, '2020-07').thenRefused('NOT_ON_LINE');
    given(opened).when('RemovePairingFromLine', { line, pairing: 'a' }, '2019').thenRefused('NOT_ON_LINE');
    given(removed)
      .when('Correct', { retract: [{ revision: assigned.history.length - 1 }], ...because })
      .thenNeededBy('PipaRemovedFromLine', 'NOT_ON_LINE');
  });
  it('tells what can be done next', () => {
    expect(unopened.next('2018').map(({ name }) => name)).toEqual(['OpenPacci']);
    expect(assigned.next('2020').find(({ name }) => name === 'RemovePipaFromLine')).toMatchObject({ known: { line, pipa: 'ibermuseos' } });
  });
});
