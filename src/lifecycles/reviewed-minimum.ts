import { type Answered, type Order, order, policy } from '../kernel/policy';
import { pipa } from './pipa';

const review = ({ id, occurredOn }: Pick<Answered<unknown, unknown>, 'id' | 'occurredOn'>): readonly Order[] => [
  order(pipa, id, 'ReviewMinimum', {}, occurredOn),
];
/** What a decision records, it records with what the alert must do; only a correction can leave that behind. */
const corrected = { recorded: () => [], retracted: review, corrected: review };

/** Whether countries are missing follows from facts that a correction can change. */
export const reviewedMinimum = policy(pipa, {
  name: 'reviewed-minimum',
  rule: 'The alert of too few countries is opened or closed where a correction changes the countries, the kind or the course it follows from.',
  reacts: {
    PipaRegistered: corrected,
    PipaApproved: corrected,
    PipaConstituted: corrected,
    PipaStarted: corrected,
    PipaConcluded: corrected,
    PipaKindChanged: corrected,
    CountryAcceded: corrected,
    CountryListed: corrected,
    CountryWithdrew: corrected,
    MinimumAlertOpened: corrected,
    MinimumAlertClosed: corrected,
  },
  refused: () => [],
});
