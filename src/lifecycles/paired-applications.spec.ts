import { formed, unformed, world } from '../../test/states';
import { ordersFor } from '../kernel/policy';
import { pairedApplications } from './paired-applications';

type Told = typeof formed;
/** What the policy orders because of the last event of a history. */
const ordered = ({ history }: Told) =>
  ordersFor(pairedApplications, 'cartagena-malaga', history, history.length - 1, world.book).map(({ to, id, name, body, occurredOn }) => [
    `${to.name}/${id}`,
    name,
    body,
    occurredOn,
  ]);
const authority = { authority: 'eu-commission', reason: 'Formed from the wrong applications' };
const of = { pairing: 'cartagena-malaga' };
const marks = (on: string) => [
  ['application/malaga', 'MarkPaired', of, on],
  ['application/cartagena', 'MarkPaired', of, on],
];
const frees = (on: string) => marks(on).map(([to, , body, day]) => [to, 'FreeApplication', body, day]);
const takenBack = formed.does('Correct', { retract: [{ revision: 0 }], ...authority });

describe('what forming a pairing demands of its applications', () => {
  it('is that each is marked as paired, on the day the pairing was formed', () => expect(ordered(formed)).toEqual(marks('2017-06-20')));
  it('is that each is free again once the forming is taken back', () => expect(ordered(takenBack)).toEqual(frees('2017-06-20')));
  it('is that each is marked again when the taking back was itself a mistake', () =>
    expect(ordered(takenBack.does('Correct', { retract: [{ revision: 1 }], ...authority }))).toEqual(marks('2017-06-20')));
  it('is nothing more when only the day of the forming is corrected', () =>
    expect(ordered(formed.does('Correct', { replace: [{ revision: 0, occurredOn: '2017-06-19' }], ...authority }))).toEqual([]));
  it('is nothing on account of other facts', () => expect(ordered(formed.does('KickOff', {}, '2017-09-11'))).toEqual([]));
  it('is nothing where no pairing was formed', () => expect(unformed.history).toEqual([]));
});

describe('what dissolving a pairing demands of its applications', () => {
  const dissolved = formed.does('DissolvePairing', { cause: 'formed-by-mistake' }, '2017-07-01');
  it('is that each is free again, on the day of the dissolution', () => expect(ordered(dissolved)).toEqual(frees('2017-07-01')));
  it('is that each is marked again once the dissolution is taken back', () =>
    expect(ordered(dissolved.does('Correct', { retract: [{ revision: 1 }], ...authority }))).toEqual(marks('2017-07-01')));
});
