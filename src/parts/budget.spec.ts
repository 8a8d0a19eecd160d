import { given, type Story, words } from '../../test/given';
import { because, kickedOff, missionPlanned, pilotDesigned } from '../../test/states';
import type { pairing } from '../lifecycles/pairing';
import { linesOf, totalsOf } from './budget-lines';

type Told = Story<typeof pairing.parts>;
const visits = { allocation: 'visits', line: 'missions', amountMinor: 20_000_00, currency: 'EUR' } as const;
const flights = { expense: 'flights', line: 'missions', amountMinor: 5_000_00, currency: 'EUR' } as const;
const training = { allocation: 'courses', line: 'training', amountMinor: 40_000_00, currency: 'COP' } as const;
const seed = {
  reallocation: 'seed',
  from: 'missions',
  to: 'pilot',
  newLine: true,
  amountMinor: 12_000_00,
  currency: 'EUR',
  approvedBy: 'secretariat',
  reason: 'Nobody could travel',
} as const;

const allocated = kickedOff.does('AllocateBudget', visits, '2017-10-01');
const spent = allocated.does('SpendBudget', flights, '2018-02-01');
const reallocated = spent.does('ReallocateBudget', seed, '2018-06');
const inPesos = allocated.does('AllocateBudget', training, '2017-10-01');
const lines = ({ state }: Told) =>
  linesOf(state.budget).map(({ line, allocatedMinor, reallocatedInMinor, reallocatedOutMinor, spentMinor, leftMinor }) => [
    line,
    allocatedMinor,
    reallocatedInMinor,
    reallocatedOutMinor,
    spentMinor,
    leftMinor,
  ]);
const revision = (story: Told, type: string) => story.history.findLast((each) => each.type === type)!.revision;
const malformed = (send: () => unknown) => expect(send).toThrow(/is malformed/);

describe('allocating money to a line', () => {
  it('says how much, in which currency', () =>
    given(kickedOff).when('AllocateBudget', visits, '2017-10-01').then({ type: 'BudgetAllocated', data: visits }));
  it('adds up, also with an equal allocation of one day', () =>
    expect(lines(allocated.does('AllocateBudget', { ...visits, allocation: 'more-visits' }, '2017-10-01'))).toEqual([
      ['missions', 40_000_00, 0, 0, 0, 40_000_00],
    ]));
  it('is done once, also when the money has gone', () => given(reallocated).when('AllocateBudget', visits, '2017-10-01').thenNothing());
  it('is refused where that allocation was recorded otherwise', () => {
    given(allocated)
      .when('AllocateBudget', { ...visits, amountMinor: 1 }, '2017-10-01')
      .thenRefused('BUDGET_ENTRY_RECORDED_OTHERWISE');
    given(allocated).when('AllocateBudget', visits, '2017-10-02').thenRefused('BUDGET_ENTRY_RECORDED_OTHERWISE');
  });
  it('keeps a line in one currency', () =>
    given(allocated)
      .when('AllocateBudget', { ...visits, allocation: 'pesos', currency: 'COP' })
      .thenRefused('CURRENCY_OF_BUDGET_LINE'));
  it('keeps every sum exact, that of all lines of a currency too', () => {
    const most = { ...visits, allocation: 'most', amountMinor: Number.MAX_SAFE_INTEGER };
    given(allocated).when('AllocateBudget', most).thenRefused('BUDGET_TOO_LARGE');
    given(allocated)
      .when('AllocateBudget', { ...most, line: 'training' })
      .thenRefused('BUDGET_TOO_LARGE');
    given(allocated)
      .when('AllocateBudget', { ...most, line: 'training', currency: 'COP' })
      .then({ type: 'BudgetAllocated', data: { ...most, line: 'training', currency: 'COP' } });
  });
  it.each([0, -1, 1.5, 2 ** 53, Number.NaN])('takes no amount of %p', (amountMinor) =>
    malformed(() => allocated.tries('AllocateBudget', { ...visits, allocation: 'odd', amountMinor })),
  );
  it.each(['ZZZ', 'eur', 'XXX', ''])('takes no currency %p', (currency) =>
    malformed(() => allocated.tries('AllocateBudget', { ...visits, allocation: 'odd', currency })),
  );
});

describe('spending from a line', () => {
  it('leaves the rest', () => {
    given(allocated).when('SpendBudget', flights, '2018-02-01').then({ type: 'BudgetSpent', data: flights });
    expect(lines(spent)).toEqual([['missions', 20_000_00, 0, 0, 5_000_00, 15_000_00]]);
  });
  it('says what it was for', () => {
    const forMission = { ...flights, mission: 1 };
    given(missionPlanned.does('AllocateBudget', visits, '2017-11'))
      .when('SpendBudget', forMission, '2018-02-01')
      .then({ type: 'BudgetSpent', data: forMission });
    const forPilot = { ...flights, pilot: 'fountains' };
    given(pilotDesigned.does('AllocateBudget', visits, '2017-11'))
      .when('SpendBudget', forPilot, '2018-06-01')
      .then({ type: 'BudgetSpent', data: forPilot });
  });
  it('is done once for each expense, also with equal ones of one day', () => {
    given(spent).when('SpendBudget', flights, '2018-02-01').thenNothing();
    expect(spent.tries('SpendBudget', { ...flights, expense: 'hotel' }, '2018-02-01')).toHaveLength(1);
    for (const other of [{ amountMinor: 1 }, { mission: 1 }, { line: 'training' }])
      given(spent)
        .when('SpendBudget', { ...flights, ...other }, '2018-02-01')
        .thenRefused('BUDGET_ENTRY_RECORDED_OTHERWISE');
    given(spent).when('SpendBudget', flights, '2018-02').thenRefused('BUDGET_ENTRY_RECORDED_OTHERWISE');
  });
  it('may empty a line, but takes no cent more', () => {
    const rest = { ...flights, expense: 'rest', amountMinor: 15_000_00 };
    expect(lines(spent.does('SpendBudget', rest, '2018-03'))).toEqual([['missions', 20_000_00, 0, 0, 20_000_00, 0]]);
    given(spent)
      .when('SpendBudget', { ...rest, amountMinor: 15_000_01 }, '2018-03')
      .thenRefused('BUDGET_LINE_TOO_SHORT');
  });
  it('tells what was left, in units of the currency', () =>
    expect(() => spent.does('SpendBudget', { ...flights, expense: 'more', amountMinor: 15_000_01 }, '2018-03')).toThrow(
      expect.objectContaining({
        said: {
          code: 'BUDGET_LINE_TOO_SHORT',
          values: { line: 'missions', left: '15000.00', currency: 'EUR', on: '2018-03-31', amount: '15000.01' },
        },
      }) as Error,
    ));
  it('is refused from no line, or in another currency', () => {
    given(spent)
      .when('SpendBudget', { ...flights, expense: 'more', line: 'mission' })
      .thenRefused('NO_SUCH_BUDGET_LINE');
    given(spent)
      .when('SpendBudget', { ...flights, expense: 'more', currency: 'COP' })
      .thenRefused('CURRENCY_OF_BUDGET_LINE');
  });
});

describe('money that is recorded late', () => {
  const earlier = { ...flights, expense: 'earlier' };
  it('is spent as of its day, where the line had it then', () => expect(spent.tries('SpendBudget', earlier, '2017-11-01')).toHaveLength(1));
  it('is not spent certainly before the line had any', () => {
    given(allocated).when('SpendBudget', earlier, '2017-09-30').thenRefused('BUDGET_LINE_TOO_SHORT');
    for (const date of ['2017-10-01', '2017-10', '2017']) expect(allocated.tries('SpendBudget', earlier, date)).toHaveLength(1);
  });
  it('does not take on an earlier day what was spent on a later one', () => {
    const topped = allocated
      .does('SpendBudget', { ...flights, amountMinor: 20_000_00 }, '2018-02-01')
      .does('AllocateBudget', { ...visits, allocation: 'second-year' }, '2018-09-01');
    given(topped).when('SpendBudget', earlier, '2018-01-15').thenRefused('BUDGET_LINE_TOO_SHORT');
    expect(topped.tries('SpendBudget', earlier, '2018-09-01')).toHaveLength(1);
  });
});

describe('moving money between lines', () => {
  const again = { ...seed, reallocation: 'more-seed', newLine: false, amountMinor: 1_000_00 };
  it('names who approved it and why', () =>
    given(spent)
      .when('ReallocateBudget', seed, '2018-06')
      .then({ type: 'BudgetReallocated', data: { ...seed, reason: words(seed.reason) } }));
  it('never changes the total', () => {
    expect(lines(reallocated)).toEqual([
      ['missions', 20_000_00, 0, 12_000_00, 5_000_00, 3_000_00],
      ['pilot', 0, 12_000_00, 0, 0, 12_000_00],
    ]);
    const total = { currency: 'EUR', allocatedMinor: 20_000_00, spentMinor: 5_000_00, leftMinor: 15_000_00 };
    expect([spent, reallocated].map(({ state }) => totalsOf(linesOf(state.budget)))).toEqual([[total], [total]]);
  });
  it('lets the line that received it spend it', () => {
    const pilot = { ...flights, expense: 'benches', line: 'pilot', amountMinor: 12_000_00 };
    expect(reallocated.tries('SpendBudget', pilot, '2018-07')).toHaveLength(1);
    given(reallocated).when('SpendBudget', pilot, '2018-05-31').thenRefused('BUDGET_LINE_TOO_SHORT');
  });
  it('is done once', () => {
    given(reallocated).when('ReallocateBudget', seed, '2018-06').thenNothing();
    for (const other of [{ amountMinor: 1 }, { approvedBy: 'council' }, { reason: 'Elections' }])
      given(reallocated)
        .when('ReallocateBudget', { ...seed, ...other }, '2018-06')
        .thenRefused('BUDGET_ENTRY_RECORDED_OTHERWISE');
  });
  it('is refused above what the line has left', () =>
    given(reallocated)
      .when('ReallocateBudget', { ...again, amountMinor: 3_000_01 }, '2018-07')
      .thenRefused('BUDGET_LINE_TOO_SHORT'));
  it('is refused from a line to itself', () =>
    given(reallocated)
      .when('ReallocateBudget', { ...again, to: 'missions' }, '2018-07')
      .thenRefused('SAME_BUDGET_LINE'));
  it('is refused from no line, and to none unless it is said to be new', () => {
    given(reallocated)
      .when('ReallocateBudget', { ...again, from: 'visits' }, '2018-07')
      .thenRefused('NO_SUCH_BUDGET_LINE');
    given(reallocated)
      .when('ReallocateBudget', { ...again, to: 'pilots' }, '2018-07')
      .thenRefused('NO_SUCH_BUDGET_LINE');
    given(reallocated)
      .when('ReallocateBudget', { ...again, newLine: true }, '2018-07')
      .thenRefused('BUDGET_LINE_NOT_NEW');
  });
  it('is refused across currencies, whichever it names', () => {
    for (const currency of ['EUR', 'COP'])
      given(inPesos)
        .when('ReallocateBudget', { ...again, to: 'training', currency }, '2018-07')
        .thenRefused('CURRENCY_OF_BUDGET_LINE');
  });
  it('keeps exact what ever went through a line', () => {
    const amountMinor = Number.MAX_SAFE_INTEGER - 1;
    const there = kickedOff
      .does('AllocateBudget', { ...visits, amountMinor }, '2017-10-01')
      .does('ReallocateBudget', { ...seed, amountMinor }, '2017-11-01');
    given(there)
      .when('ReallocateBudget', { ...again, amountMinor, from: 'pilot', to: 'missions' }, '2017-12-01')
      .thenRefused('BUDGET_TOO_LARGE');
  });
  it.each([0, -5, 2 ** 60])('takes no amount of %p', (amountMinor) =>
    malformed(() => reallocated.tries('ReallocateBudget', { ...again, amountMinor })),
  );
});

describe('a correction of the budget', () => {
  const correct = (story: Told, body: object) => given(story).when('Correct', { ...body, ...because });
  const data = (story: Told, type: string, more: object) => ({
    replace: [{ revision: revision(story, type), data: { ...(story.history[revision(story, type)]!.data as object), ...more } }],
  });
  it('is refused where a later expense would lose its money, and names it', () => {
    correct(spent, { retract: [{ revision: revision(spent, 'BudgetAllocated') }] }).thenNeededBy('BudgetSpent', 'NO_SUCH_BUDGET_LINE');
    correct(spent, data(spent, 'BudgetAllocated', { amountMinor: 4_999_99 })).thenNeededBy('BudgetSpent', 'BUDGET_LINE_TOO_SHORT');
    correct(spent, data(spent, 'BudgetAllocated', { currency: 'USD' })).thenNeededBy('BudgetSpent', 'CURRENCY_OF_BUDGET_LINE');
    correct(spent, { replace: [{ revision: revision(spent, 'BudgetAllocated'), occurredOn: '2018-02-02' }] }).thenNeededBy(
      'BudgetSpent',
      'BUDGET_LINE_TOO_SHORT',
    );
    expect(spent.tries('Correct', { ...data(spent, 'BudgetAllocated', { amountMinor: 5_000_00 }), ...because })).toHaveLength(1);
  });
  it('is refused where a later reallocation would lose its money', () =>
    correct(reallocated, data(reallocated, 'BudgetSpent', { amountMinor: 8_000_01 })).thenNeededBy(
      'BudgetReallocated',
      'BUDGET_LINE_TOO_SHORT',
    ));
  it('is refused where what a reallocation brought was spent', () => {
    const benches = { ...flights, expense: 'benches', line: 'pilot', amountMinor: 6_000_00 };
    const built = reallocated.does('SpendBudget', benches, '2018-07');
    correct(built, { retract: [{ revision: revision(built, 'BudgetReallocated') }] }).thenNeededBy('BudgetSpent', 'NO_SUCH_BUDGET_LINE');
    const less = built.does('Correct', { ...data(built, 'BudgetReallocated', { amountMinor: 6_000_00 }), ...because });
    expect(lines(less)).toEqual([
      ['missions', 20_000_00, 0, 6_000_00, 5_000_00, 9_000_00],
      ['pilot', 0, 6_000_00, 0, 6_000_00, 0],
    ]);
  });
  it('takes an expense back, and the money is there again', () => {
    const undone = spent.does('Correct', { retract: [{ revision: revision(spent, 'BudgetSpent') }], ...because });
    expect(lines(undone)).toEqual(lines(allocated));
    expect(undone.tries('SpendBudget', { ...flights, amountMinor: 20_000_00 }, '2018-02-01')).toHaveLength(1);
  });
});
