import { Count, Items, Name } from '../kernel/fields';
import { EventRef, StreamName } from '../kernel/fields-events';

const longestClaim = 3_600;
const mostEvents = 1_000;
export const usualClaim = { limit: 100, seconds: 60 } as const;

/** What a worker asks for. */
export class ClaimForm {
  @Count('Most events', { min: 1, max: mostEvents, optional: true }) limit?: number;
  @Count('Seconds after which what was not acknowledged goes to another worker', { min: 1, max: longestClaim, optional: true })
  seconds?: number;
}
export class ExtendForm {
  @Count('Seconds from now on', { min: 1, max: longestClaim }) seconds!: number;
}
export class FailedEvent {
  @EventRef('The event') event!: string;
  @Name('What went wrong, for whoever looks after the subscription', { max: 500 }) error!: string;
  @Count('Seconds after which it is handed out again; by the schedule where left out', { max: 86_400, optional: true }) seconds?: number;
}
export class AcknowledgeForm {
  @Items(FailedEvent, 'What failed; the others are done, but for those behind it in its stream', { max: mostEvents, optional: true })
  failed?: FailedEvent[];
}
export class SecretForm {
  @Name('A secret of your own, `whsec_` and 24 to 64 bytes in base64; one is made where it is left out', { optional: true })
  secret?: string;
  @Count('Hours for which the one before still signs too; 24 when left out', { max: 720, optional: true }) hours?: number;
}
export class RetryForm {
  @StreamName('That stream alone', { optional: true }) stream?: string;
}
