import { type Answered, type Order, order, policy } from '../kernel/policy';
import { party } from './party';

const review = ({ id, occurredOn }: Pick<Answered<unknown, unknown>, 'id' | 'occurredOn'>): readonly Order[] => [
  order(party, id, 'ReviewMerge', {}, occurredOn),
];

/** Two officers can merge two parties into each other in the same moment, and a correction can close a circle too. */
export const reviewedMerges = policy(party, {
  name: 'reviewed-merges',
  rule: 'Of parties that were merged in a circle the merge recorded last gives way, so that one of them counts.',
  reacts: {
    PartyMerged: { recorded: review, retracted: () => [], corrected: review },
    PartySplit: { recorded: () => [], retracted: review, corrected: () => [] },
  },
  // It is refused nothing that would have to be undone.
  refused: () => [],
});
