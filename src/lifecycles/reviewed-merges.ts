import { type Answered, type Order, order, policy } from '../kernel/policy';
import { givesWayInstead } from '../parts/party-merging';
import { party } from './party';

const review = ({ id, occurredOn }: Pick<Answered<unknown, unknown>, 'id' | 'occurredOn'>): readonly Order[] => [
  order(party, id, 'ReviewMerge', {}, occurredOn),
];

/**
 * Two officers can merge two parties into each other in the same moment, and a correction can close a circle too. Reviewed is the party
 * whose merge came to stand, since only then was the circle closed; where the merge of another is the one to give way, that is reviewed.
 */
export const reviewedMerges = policy(party, {
  name: 'reviewed-merges',
  rule: 'Of parties that were merged in a circle the merge recorded last gives way, so that one of them counts.',
  reacts: {
    PartyMerged: { recorded: review, retracted: () => [], corrected: review },
    PartySplit: { recorded: () => [], retracted: review, corrected: () => [] },
    PartyMergeGaveWay: { recorded: () => [], retracted: review, corrected: () => [] },
  },
  refused: ({ occurredOn }, _, why) => {
    const other = givesWayInstead(why);
    return other === undefined ? [] : [order(party, other, 'ReviewMerge', {}, occurredOn)];
  },
});
