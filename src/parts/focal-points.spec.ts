import { given } from '../../test/given';
import { because, completed, formed, kickedOff, unformed } from '../../test/states';
import { factsOf } from '../kernel/lifecycle';
import { pairing } from '../lifecycles/pairing';
import { responsibleOn, termsOf } from './focal-points';

const [ana, bea, carlos] = ['a', 'b', 'c'].map((letter) => `${letter.repeat(8)}-0000-4000-8000-000000000000`) as [string, string, string];
const side = 'european';
const designated = formed.does('DesignateFocalPoint', { side, person: ana }, '2018-01-10');
const replaced = designated.does('ReplaceFocalPoint', { side, leaving: ana, person: bea }, '2019-06-01');
const vacated = designated.does('VacateFocalPoint', { side, person: ana }, '2019-06-01');
const on = ({ state }: typeof formed, day: string) =>
  responsibleOn(state.focalPoints, side, day).map(({ person, is }) => `${is} ${person.charAt(0)}`);

describe('designating a focal point', () => {
  it('says who answers for a side from then on', () =>
    given(formed)
      .when('DesignateFocalPoint', { side, person: ana }, '2018-01-10')
      .then({ type: 'FocalPointDesignated', data: { side, person: ana } }));
  it('is done once', () => given(designated).when('DesignateFocalPoint', { side, person: ana }, '2018-01-10').thenNothing());
  it('is refused where somebody answers for the side already', () => {
    given(designated).when('DesignateFocalPoint', { side, person: bea }, '2018-02').thenRefused('FOCAL_POINT_STANDS');
    given(designated).when('DesignateFocalPoint', { side, person: ana }, '2018-01-11').thenRefused('FOCAL_POINT_STANDS');
    given(replaced).when('DesignateFocalPoint', { side, person: carlos }, '2019-06-01').thenRefused('FOCAL_POINT_STANDS');
  });
  it('is for each side', () =>
    expect(designated.tries('DesignateFocalPoint', { side: 'latin-american', person: bea }, '2018-02')).toHaveLength(1));
  it('is refused for a side that there is not', () => {
    given(formed).when('DesignateFocalPoint', { side: 'african', person: ana }).thenRefused('NO_SUCH_SIDE');
    given(formed).when('DesignateFocalPoint', { side: 'constructor-of', person: ana }).thenRefused('NO_SUCH_SIDE');
    given(unformed).when('DesignateFocalPoint', { side, person: ana }).thenRefused('NO_SUCH_SIDE');
  });
  it('may follow where the side was left without', () =>
    expect(on(vacated.does('DesignateFocalPoint', { side, person: carlos }, '2019-09-01'), '2019-09-01')).toEqual(['certain c']));
  it('may be known only to a month that somebody else ends or begins in', () =>
    expect(replaced.tries('DesignateFocalPoint', { side, person: carlos }, '2018-01')).toHaveLength(1));
});

describe('replacing a focal point', () => {
  it('says who leaves and who follows', () =>
    given(designated)
      .when('ReplaceFocalPoint', { side, leaving: ana, person: bea }, '2019-06-01')
      .then({ type: 'FocalPointReplaced', data: { side, leaving: ana, person: bea } }));
  it('is done once', () => given(replaced).when('ReplaceFocalPoint', { side, leaving: ana, person: bea }, '2019-06-01').thenNothing());
  it('is refused for whom is not the focal point then', () => {
    const replace = (story: typeof formed, leaving: string, day: string) =>
      given(story).when('ReplaceFocalPoint', { side, leaving, person: carlos }, day);
    replace(designated, bea, '2018-06').thenRefused('NOT_THE_FOCAL_POINT');
    replace(designated, ana, '2018-01-09').thenRefused('NOT_THE_FOCAL_POINT');
    replace(replaced, ana, '2019-07').thenRefused('NOT_THE_FOCAL_POINT');
    replace(vacated, ana, '2019-07').thenRefused('NOT_THE_FOCAL_POINT');
  });
  it('is refused by itself, and by whom did not follow', () => {
    given(designated).when('ReplaceFocalPoint', { side, leaving: ana, person: ana }, '2018-06').thenRefused('FOCAL_POINT_STANDS');
    const late = formed
      .does('DesignateFocalPoint', { side, person: bea }, '2019-06-01')
      .does('DesignateFocalPoint', { side, person: ana }, '2018-01');
    given(late).when('ReplaceFocalPoint', { side, leaving: ana, person: carlos }, '2019-06-01').thenRefused('FOCAL_POINT_STANDS');
  });
  it('cannot be corrected into a day on which nobody was there to leave', () =>
    given(replaced)
      .when('Correct', { replace: [{ revision: replaced.history.length - 1, occurredOn: '2018-01-09' }], ...because })
      .thenNeededBy('FocalPointReplaced', 'NOT_THE_FOCAL_POINT'));
});

describe('leaving a side without a focal point', () => {
  it('says who leaves', () =>
    given(designated)
      .when('VacateFocalPoint', { side, person: ana }, '2019-06-01')
      .then({ type: 'FocalPointVacated', data: { side, person: ana } }));
  it('is done once', () => given(vacated).when('VacateFocalPoint', { side, person: ana }, '2019-06-01').thenNothing());
  it('is refused for whom is not the focal point', () => {
    given(designated).when('VacateFocalPoint', { side, person: bea }).thenRefused('NOT_THE_FOCAL_POINT');
    given(replaced).when('VacateFocalPoint', { side, person: ana }, '2019-06-01').thenRefused('NOT_THE_FOCAL_POINT');
  });
});

describe('who was responsible on a day', () => {
  it('is answered for every day', () => {
    expect(on(replaced, '2018-01-09')).toEqual([]);
    expect(on(replaced, '2018-01-10')).toEqual(['certain a']);
    expect(on(replaced, '2019-05-31')).toEqual(['certain a']);
    expect(on(replaced, '2019-06-01')).toEqual(['certain b']);
    expect(on(replaced, '2199-12-31')).toEqual(['certain b']);
    expect(on(vacated, '2019-06-01')).toEqual([]);
  });
  it('a focal point of 2018 that is recorded after that of 2019 does not become the current one', () => {
    const late = formed
      .does('DesignateFocalPoint', { side, person: bea }, '2019-06-01')
      .does('DesignateFocalPoint', { side, person: ana }, '2018-01-10');
    expect(on(late, '2018-05-01')).toEqual(['certain a']);
    expect(on(late, '2019-06-01')).toEqual(['certain b']);
    expect(termsOf(late.state.focalPoints, side)).toEqual([
      { person: ana, from: '2018-01-10', to: '2019-06-01' },
      { person: bea, from: '2019-06-01' },
    ]);
    const left = late.does('VacateFocalPoint', { side, person: ana }, '2018-12-01');
    expect(on(left, '2018-12-01')).toEqual([]);
  });
  it('is only possible where dates are known to the month or year', () => {
    const rough = formed
      .does('DesignateFocalPoint', { side, person: ana }, '2018')
      .does('ReplaceFocalPoint', { side, leaving: ana, person: bea }, '2019-06');
    expect(on(rough, '2018-06-01')).toEqual(['possible a']);
    expect(on(rough, '2018-12-31')).toEqual(['certain a']);
    expect(on(rough, '2019-05-31')).toEqual(['certain a']);
    expect(on(rough, '2019-06-15')).toEqual(['possible a', 'possible b']);
    expect(on(rough, '2019-06-30')).toEqual(['certain b']);
  });
  it('is answered after the pairing has ended, and while it is suspended', () => {
    const before = designated.does('KickOff', {}, '2018-02').does('SuspendPairing', { reason: 'Elections' }, '2018-05-01');
    expect(before.tries('ReplaceFocalPoint', { side, leaving: ana, person: bea }, '2018-06')).toHaveLength(1);
    const after = completed.does('DesignateFocalPoint', { side, person: ana }, '2020');
    expect(after.tries('VacateFocalPoint', { side, person: ana }, '2020-06')).toHaveLength(1);
  });
  it('moves with what is corrected', () => {
    const corrected = replaced.does('Correct', {
      replace: [{ revision: replaced.history.length - 1, occurredOn: '2018-12-01' }],
      ...because,
    });
    expect(on(corrected, '2019-01-01')).toEqual(['certain b']);
  });
});

it('designations and replacements count, by side', () => {
  const facts = (story: typeof formed, before: typeof formed) =>
    factsOf(pairing, story.standing.at(-1)!, story.state, before.state).map(({ measure, by }) => [measure, by]);
  expect(facts(designated, formed)).toEqual([['focal-points-designated', { side }]]);
  expect(facts(replaced, designated)).toEqual([['focal-points-replaced', { side }]]);
  expect(facts(vacated, designated)).toEqual([]);
});
it('a focal point is a person of the register', () =>
  expect(() => kickedOff.tries('DesignateFocalPoint', { side, person: 'Ana López' })).toThrow('property person'));
