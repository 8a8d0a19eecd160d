import { vocabulary } from '../kernel/refusal';

/** What a report refuses: said by `monitoring`, and kept here because dictionaries know nothing of it. */
export const ofReports = vocabulary({
  KNOWN_AT_IN_THE_FUTURE: 'Nobody knows yet what will be known at {knownAt}: it is {now}',
  POSITION_NOT_REACHED: 'What is counted here reaches position {reached}, not {position}',
});
