import { vocabulary } from '../kernel/refusal';

/** What stands in the way of agreements. */
export const says = vocabulary({
  NO_SUCH_AGREEMENT: 'There is no agreement {agreement}',
  AGREEMENT_ALREADY_DRAFTED: 'Agreement {agreement} was already drafted, otherwise',
  AGREEMENT_NOT_OPEN:
    'Agreement {agreement} is {is, select, draft {only a draft} concluded {concluded already} expired {expired} other {terminated}}',
  NOT_A_SIGNATORY: '{party} is not among those who sign {agreement}',
  NO_SUCH_COPY: 'Agreement {agreement} has no copy in {language}',
  SIGNED_ALREADY: '{party} has signed the copy in {language} already',
  SIGNATORY_TWICE: '{party} is named twice among those who sign',
  SIGNATORY_OUTSIDE: '{party} belongs to no side',
  SIDE_WITHOUT_SIGNATORY: 'Nobody signs for the {side} side',
  SIGNATURE_MISSING: '{party} has not signed the copy in {language}',
  COPY_ATTACHED_ALREADY: 'The copy of agreement {agreement} in {language} is attached already: correct that fact to replace it',
  COPY_IN_ANOTHER_LANGUAGE: 'The document is in {is}, and the copy in {language}',
  NOT_YET_CONCLUDED: 'Agreement {agreement} was concluded on {concludedOn}: nothing of that kind came of it on {occurredOn}',
  CONCLUDED_TOO_LATE: 'Agreement {agreement} was drafted as valid until {until}: it cannot have been concluded on {concludedOn}',
  RENEWAL_NOT_LONGER: 'Agreement {agreement} is valid until {until}: a renewal makes that longer',
  EXPIRED_BEFORE_RENEWAL:
    'Agreement {agreement} is recorded as expired on {expiredOn}, which a renewal on {occurredOn} would have prevented: take the expiry back first',
  NO_END_OF_VALIDITY: 'Agreement {agreement} has no last day, so that it does not expire',
  STILL_VALID: 'Agreement {agreement} is valid until {until}: it cannot have expired on {occurredOn}',
  AMENDMENT_ALREADY_MADE: 'Amendment {amendment} was already made, otherwise',
});
