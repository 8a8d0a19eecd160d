import { kickedOff, world } from '../../test/states';
import { ordersFrom } from '../kernel/policy';
import { keptDeadlines } from './kept-deadlines';

const policy = keptDeadlines.find(({ of }) => of.name === 'pairing')!;
const correction = { authority: 'secretariat', reason: 'A slip' };
const extension = { months: 3, decidedBy: 'secretariat', reason: 'Floods' } as const;
const kickOff = kickedOff.history.find(({ occurredOn }) => occurredOn === '2017-09-11')!;
/** What the last command of a story orders, event by event. */
const orders = ({ history }: typeof kickedOff) => {
  const from = history.findIndex(({ commandId }) => commandId === history.at(-1)!.commandId);
  return ordersFrom(policy, 'cartagena-malaga', history, from, world.book).map((each) =>
    each.map(({ name, body, occurredOn }) => [name, (body as { on?: string }).on, occurredOn]),
  );
};

describe('the deadline of a pairing', () => {
  const extended = kickedOff.does('ExtendPairing', extension, '2018-11');
  const last = extended.history.length - 1;

  it('is moved once by corrections that are made together, to where they lead', () => {
    const both = extended.does('Correct', {
      retract: [{ revision: last }],
      replace: [{ revision: kickOff.revision, occurredOn: '2017-10-11' }],
      ...correction,
    });
    expect(orders(both)).toEqual([[], [['SetDeadline', '2019-04-11', '2017-10-11']]]);
    const balanced = extended.does('Correct', {
      retract: [{ revision: last }],
      replace: [{ revision: kickOff.revision, occurredOn: '2017-12-11' }],
      ...correction,
    });
    expect(orders(balanced)).toEqual([[], []]);
  });

  it('is moved as of the day of the fact that a correction is about', () => {
    const replaced = (revision: number, by: object) => ({ replace: [{ revision, ...by }], ...correction });
    expect(orders(kickedOff.does('Correct', replaced(kickOff.revision, { occurredOn: '2017-10-11' })))).toEqual([
      [['SetDeadline', '2019-04-11', '2017-10-11']],
    ]);
    const data = { ...(extended.history[last]!.data as object), months: 6 };
    expect(orders(extended.does('Correct', replaced(last, { data })))).toEqual([[['SetDeadline', '2019-09-11', '2018-11']]]);
  });

  it('that was extended after its day stays so, whatever earlier fact is corrected', () => {
    const late = kickedOff.does('ExtendPairing', extension, '2019-04');
    expect(orders(late)).toEqual([[['SetDeadline', '2019-06-11', '2019-04']]]);
    const moved = late.does('Correct', { replace: [{ revision: kickOff.revision, occurredOn: '2017-10-11' }], ...correction });
    expect(orders(moved)).toEqual([[['SetDeadline', '2019-07-11', '2019-04']]]);
  });

  it('is lifted as of the day of the fact that had set it, where that is taken back', () => {
    const never = kickedOff.does('Correct', { retract: [{ revision: kickOff.revision }], ...correction });
    expect(orders(never)).toEqual([[['LiftDeadline', undefined, '2017-09-11']]]);
    expect(orders(never.does('Correct', { retract: [{ revision: never.history.length - 1 }], ...correction }))).toEqual([
      [['SetDeadline', '2019-03-11', '2017-09-11']],
    ]);
  });
});
