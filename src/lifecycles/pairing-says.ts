import { vocabulary } from '../kernel/refusal';
import { future } from './not-in-the-future';

/** What the gates of a pairing say is missing. */
export const says = vocabulary({
  PAIRING_FORMED_FIRST: 'the pairing itself: it is not formed',
  ...future.sentences,
  CALL_OPENED_FIRST: 'a date from {callOpenedOn} on, when the call opened',
  FORMED_FIRST: 'a date from {formedOn} on, when the pairing was formed',
  KICK_OFF: 'the kick-off of the pairing',
  WITHIN_SUPPORT: 'a date within the support period, from {from} {to, select, _ {on} other {to {to}}}',
  OUTSIDE_SUSPENSION:
    'a date outside the suspension {resumedOn, select, _ {that began on {on} and lasts: the pairing is to be resumed first} other {from {on} to {resumedOn}}}',
  RESUMED_BEFORE: 'a resumption not after {first}, when something else is recorded to have happened',
  BEFORE_THE_END: 'a date up to {endedOn}, when the pairing ended',
  MISSION_OF_DELEGATION: 'mission {mission}, planned or held',
  MISSION_OF_EXPENSE: 'mission {mission}, planned at least',
  PILOT_OF_EXPENSE: 'pilot {pilot}, designed at least',
  MISSION_HELD_FIRST: 'a date from {from} on, when the first mission was held',
  MISSION_HELD: 'a mission that was held',
  MISSIONS_HELD: '{required} missions held ({held} so far)',
  MISSIONS_HELD_FIRST: 'a date from {from} on, when mission {required} of those required was held',
  FIRST_VISITOR: 'the {side} side to make the first visit',
  APPROVED_PLAN: 'an approved plan (UCAP)',
  PLAN_APPROVED_FIRST: 'a date from {approvedOn} on, when the plan (UCAP) was approved',
  ACTION_IN_PLAN: 'action {action} in an approved plan (UCAP)',
  PILOT_DESIGNED: 'at least one pilot design',
  PILOT_DESIGNED_FIRST: 'a date from {designedOn} on, when the first pilot was designed',
  CONCLUDED_AGREEMENT: 'a concluded cooperation agreement',
  NOTHING_LATER: 'an end not before {latest}, when something else is recorded to have happened',
  OTHER_END: 'another end: the pairing is recorded as ended without an agreement',
  NO_CONCLUDED_AGREEMENT: 'no cooperation agreement concluded: with one, the pairing is completed instead',
});
