import { given, story, words } from '../../test/given';
import { because } from '../../test/states';
import { ordersFor } from '../kernel/policy';
import { pipa } from '../lifecycles/pipa';
import { reviewedMinimum } from '../lifecycles/reviewed-minimum';
import { standingFacts } from '../monitoring/standing-facts';
import { currentMembers, invitedOnly, membershipsOf, membersOn } from './pipa-course-countries';

const registered = story(pipa, { book: () => undefined, id: 'ibermuseos' }).does(
  'RegisterPipa',
  { name: 'Ibermuseos', kind: 'initiative' },
  '2007',
);
type Told = typeof registered;
const approved = registered.does('ApprovePipa', {}, '2007');
const source = 'A page of 2010';
const list = (told: Told, countries: string[], on: string) => told.does('ListCountries', { countries, source }, on);
const accede = (told: Told, on: string, ...countries: string[]) =>
  countries.reduce((story, country) => story.does('AccedeCountry', { country }, on), told);
const entries = ({ state: { course } }: Told) => (course.phase === 'absent' ? [] : course.countries);
const alert = ({ state: { course } }: Told) => (course.phase === 'absent' ? undefined : course.alert);
const members = (told: Told) => currentMembers(entries(told));
const types = (events: readonly { readonly type: string }[]) => events.map(({ type }) => type);
/** What a measure comes to by a day, as figures add it up. */
const stock = (told: Told, measure: string, day: string) =>
  standingFacts(pipa, 'pipa-ibermuseos', told.history, () => undefined)
    .filter((fact) => fact.measure === measure && fact.occurredTo <= day)
    .reduce((sum, { quantity }) => sum + quantity, 0);

describe('a country', () => {
  it('accedes and withdraws, and may accede again', () => {
    given(registered)
      .when('AccedeCountry', { country: 'AR' }, '2010')
      .then({ type: 'CountryAcceded', data: { country: 'AR' } });
    const withdrawn = accede(registered, '2010', 'AR').does('WithdrawCountry', { country: 'AR', reason: 'Other aims' }, '2014-05');
    expect(withdrawn.standing.at(-1)!.data).toEqual({ country: 'AR', inferred: false, reason: words('Other aims') });
    const again = accede(withdrawn, '2016', 'AR');
    expect(membershipsOf(entries(again), 'AR')).toMatchObject([{ from: '2010', to: '2014-05' }, { from: '2016' }]);
    expect(['2009', '2010', '2013', '2015', '2017'].map((on) => membersOn(entries(again), on).length)).toEqual([0, 1, 1, 0, 1]);
    expect(['2009-12-31', '2010-12-31', '2014-05-31', '2016-12-31'].map((day) => stock(again, 'pipa-members', day))).toEqual([0, 1, 0, 1]);
  });
  it('accedes once at a time', () => {
    const acceded = accede(registered, '2010', 'AR');
    given(acceded).when('AccedeCountry', { country: 'AR' }, '2010').thenNothing();
    given(acceded).when('AccedeCountry', { country: 'AR' }, '2012').thenRefused('COUNTRY_IN_ALREADY');
    given(acceded).when('AccedeCountry', { country: 'AR' }, '2008').thenRefused('COUNTRY_IN_ALREADY');
  });
  it('withdraws only from what it is a member of', () => {
    given(registered).when('WithdrawCountry', { country: 'AR' }, '2010').thenRefused('COUNTRY_NOT_IN');
    const withdrawn = accede(registered, '2010', 'AR').does('WithdrawCountry', { country: 'AR' }, '2014');
    given(withdrawn).when('WithdrawCountry', { country: 'AR' }, '2014').thenNothing();
    given(withdrawn).when('WithdrawCountry', { country: 'AR' }, '2018').thenRefused('COUNTRY_NOT_IN');
    given(accede(registered, '2010', 'AR'))
      .when('WithdrawCountry', { country: 'AR' }, '2009')
      .thenRefused('COUNTRY_NOT_IN');
  });
  it('that withdrew and acceded again within a time known roughly is not refused for it', () => {
    const withdrawn = accede(registered, '2010', 'AR').does('WithdrawCountry', { country: 'AR' }, '2015-03');
    expect(members(accede(withdrawn, '2015', 'AR'))).toEqual(['AR']);
  });
  it('is invited without being a member', () => {
    const invited = registered.does('InviteCountry', { country: 'HT' }, '2010');
    expect([members(invited), invitedOnly(entries(invited))]).toEqual([[], ['HT']]);
    expect(invitedOnly(entries(accede(invited, '2011', 'HT')))).toEqual([]);
  });
});

describe('a published list', () => {
  const listed = list(registered, ['AR', 'BR'], '2010-06');
  it('proves that its countries are members on its date, without saying since when', () => {
    given(registered)
      .when('ListCountries', { countries: ['AR', 'BR'], source }, '2010-06')
      .then({ type: 'CountryListed', data: { country: 'AR', source } }, { type: 'CountryListed', data: { country: 'BR', source } });
    expect(membershipsOf(entries(listed), 'AR')).toEqual([{ country: 'AR', since: 'listed', from: '2010-06' }]);
  });
  it('is recorded once, and adds only the countries that were left out', () => {
    given(listed)
      .when('ListCountries', { countries: ['BR', 'AR'], source }, '2010-06')
      .thenNothing();
    given(listed)
      .when('ListCountries', { countries: ['AR', 'CL'], source }, '2010-06')
      .then({ type: 'CountryListed', data: { country: 'CL', source } });
  });
  it('counts a country from its date where it is not a member yet, and not again', () => {
    const twice = list(listed, ['AR', 'BR', 'CL'], '2012');
    expect(['2010-06-30', '2012-12-31'].map((day) => stock(twice, 'pipa-members', day))).toEqual([2, 3]);
    const earlier = list(listed, ['AR'], '2008');
    expect(['2008-12-31', '2010-06-30'].map((day) => stock(earlier, 'pipa-members', day))).toEqual([1, 2]);
  });
  it('gives way to an accession that was earlier, and contradicts one that was later', () => {
    const acceded = accede(listed, '2005', 'AR');
    expect(membershipsOf(entries(acceded), 'AR')).toEqual([{ country: 'AR', since: 'acceded', from: '2005' }]);
    expect(['2005-12-31', '2010-12-31'].map((day) => stock(acceded, 'pipa-members', day))).toEqual([1, 2]);
    given(listed).when('AccedeCountry', { country: 'AR' }, '2011').thenRefused('COUNTRY_IN_ALREADY');
  });
  it('that no longer names a country lets a withdrawal be inferred, marked so', () => {
    const later = { country: 'BR', inferred: true, source: 'A page of 2015' } as const;
    given(listed).when('WithdrawCountry', later, '2015').then({ type: 'CountryWithdrew', data: later });
    const inferred = listed.does('WithdrawCountry', later, '2015');
    expect(membershipsOf(entries(inferred), 'BR')).toEqual([
      { country: 'BR', since: 'listed', from: '2010-06', to: '2015', inferred: true },
    ]);
    expect(stock(inferred, 'pipa-members', '2015-12-31')).toBe(1);
    expect(members(list(inferred, ['BR'], '2018'))).toEqual(['AR', 'BR']);
  });
});

describe('the minimum of countries', () => {
  const opened = (minimum: number, count: number) => ({ type: 'MinimumAlertOpened' as const, data: { minimum, members: count } });
  const closed = (minimum: number | undefined, count: number) => ({
    type: 'MinimumAlertClosed' as const,
    data: { ...(minimum !== undefined && { minimum }), members: count },
  });
  const four = list(approved, ['AR', 'BR', 'CL', 'ES'], '2008');

  it('is not asked before the approval, nor while nothing is known of the countries', () => {
    expect(alert(list(registered, ['AR'], '2006'))).toBeUndefined();
    expect(types(registered.tries('ApprovePipa', {}, '2007'))).toEqual(['PipaApproved']);
    expect(alert(approved.does('InviteCountry', { country: 'AR' }, '2008'))).toBeUndefined();
  });
  it('of an initiative is 3: the alert is opened by the approval or by the country that withdraws, in one append', () => {
    given(list(registered, ['AR', 'BR'], '2006'))
      .when('ApprovePipa', {}, '2007')
      .then({ type: 'PipaApproved', data: {} }, opened(3, 2));
    const three = four.does('WithdrawCountry', { country: 'AR' }, '2012');
    expect(alert(three)).toBeUndefined();
    given(three)
      .when('WithdrawCountry', { country: 'BR' }, '2013')
      .then({ type: 'CountryWithdrew', data: { country: 'BR', inferred: false } }, opened(3, 2));
  });
  it('is closed by the country that accedes, and counts as long as it is open', () => {
    const two = list(approved, ['AR', 'BR'], '2008');
    given(two)
      .when('AccedeCountry', { country: 'CL' }, '2010')
      .then({ type: 'CountryAcceded', data: { country: 'CL' } }, closed(3, 3));
    const three = accede(two, '2010', 'CL');
    expect(['2007-12-31', '2009-12-31', '2010-12-31'].map((day) => stock(three, 'pipa-alerts-open', day))).toEqual([0, 1, 0]);
  });
  it('stays open, without being told again, while countries are still missing', () => {
    const one = list(approved, ['AR'], '2008');
    expect(types(one.tries('AccedeCountry', { country: 'BR' }, '2009'))).toEqual(['CountryAcceded']);
  });
  it('of a programme is 7: an initiative that becomes one with fewer opens the alert, and nothing is refused', () => {
    given(four)
      .when('ChangePipaKind', { becomes: 'programme' }, '2009')
      .then({ type: 'PipaKindChanged', data: { becomes: 'programme' } }, opened(7, 4));
    const programme = four.does('ChangePipaKind', { becomes: 'programme' }, '2009');
    const seven = list(programme, ['CO', 'MX', 'PT'], '2011');
    expect(types(seven.history.slice(-4))).toEqual(['CountryListed', 'CountryListed', 'CountryListed', 'MinimumAlertClosed']);
    expect(alert(seven)).toBeUndefined();
  });
  it('of another kind is another alert', () => {
    const two = list(approved, ['AR', 'BR'], '2008');
    given(two)
      .when('ChangePipaKind', { becomes: 'programme' }, '2009')
      .then({ type: 'PipaKindChanged', data: { becomes: 'programme' } }, closed(7, 2), opened(7, 2));
  });
  it('is not that of an affiliated project, nor asked after the conclusion', () => {
    const two = list(approved, ['AR', 'BR'], '2008');
    given(two)
      .when('ChangePipaKind', { becomes: 'affiliated-project' }, '2009')
      .then({ type: 'PipaKindChanged', data: { becomes: 'affiliated-project' } }, closed(undefined, 2));
    given(two).when('ConcludePipa', {}, '2015').then({ type: 'PipaConcluded', data: {} }, closed(undefined, 2));
  });

  describe('after a correction', () => {
    const two = list(approved, ['AR', 'BR'], '2008');
    const three = accede(two, '2010', 'CL');
    const orders = ({ history }: Told) =>
      ordersFor(reviewedMinimum, 'ibermuseos', history, history.length - 1, () => undefined).map(({ id, name, occurredOn }) => [
        ...[id, name, occurredOn],
      ]);
    const reviewed = (told: Told) => told.in({ roles: ['service'] }).does('ReviewMinimum', {}, '2010');

    it('is open again where the accession is taken back, with all that its command recorded', () => {
      const { revision } = three.standing.find(({ type }) => type === 'CountryAcceded')!;
      const back = three.does('Correct', { retract: [{ revision }], ...because });
      expect([members(back).length, alert(back)]).toEqual([2, { minimum: 3, members: 2, on: '2008' }]);
      expect(reviewed(back).history).toHaveLength(back.history.length);
    });
    it('is opened by a review where an earlier accession is taken back', () => {
      const four = accede(accede(approved, '2008', 'AR', 'BR', 'CL'), '2009', 'ES');
      expect(alert(four)).toBeUndefined();
      const { revision } = four.standing.find(({ data }) => (data as { country?: string }).country === 'AR')!;
      const back = four.does('Correct', { retract: [{ revision, only: true }], ...because });
      const fewer = back.does('WithdrawCountry', { country: 'ES' }, '2011');
      expect(alert(fewer)).toMatchObject({ minimum: 3, members: 2 });
      expect(orders(back)).toEqual([['ibermuseos', 'ReviewMinimum', '2008']]);
      const threeLess = accede(approved, '2008', 'AR', 'BR', 'CL');
      const less = threeLess.does('Correct', {
        retract: [{ revision: threeLess.standing.find(({ data }) => (data as { country?: string }).country === 'BR')!.revision }],
        ...because,
      });
      expect([members(less).length, alert(less)]).toEqual([2, undefined]);
      expect(orders(less)).toEqual([['ibermuseos', 'ReviewMinimum', '2008']]);
      expect(alert(reviewed(less))).toEqual({ minimum: 3, members: 2, on: '2010' });
      expect(stock(reviewed(less), 'pipa-alerts-open', '2010-12-31')).toBe(1);
    });
    it('is reviewed for nothing where it stands as it should', () => {
      given(three.in({ roles: ['service'] }))
        .when('ReviewMinimum', {}, '2011')
        .thenNothing();
      expect(orders(three)).toEqual([]);
    });
    it('a withdrawal needs the membership it ends', () => {
      const withdrawn = three.does('WithdrawCountry', { country: 'CL' }, '2012');
      const { revision } = withdrawn.standing.find(({ type }) => type === 'CountryAcceded')!;
      given(withdrawn)
        .when('Correct', { retract: [{ revision }], ...because })
        .thenNeededBy('CountryWithdrew', 'COUNTRY_NOT_IN');
    });
  });
});

describe('figures', () => {
  it('count what was approved, and what is active until its conclusion', () => {
    const concluded = approved.does('ConcludePipa', {}, '2015');
    expect(['2006-12-31', '2007-12-31', '2015-12-31'].map((day) => stock(concluded, 'pipas-active', day))).toEqual([0, 1, 0]);
    expect(stock(concluded, 'pipas-approved', '2015-12-31')).toBe(1);
  });
});
