import { Command } from '@nestjs/cqrs';
import type { Role } from '../kernel/fields';
import type { AnyLifecycle } from '../kernel/lifecycle';
import type { PartialDate } from '../kernel/partial-date';

/** Who sends a command, when what it tells happened, and how a repeat is recognised. */
export interface Envelope {
  /** Random id of the actor, from the register of people. */
  readonly actor: string;
  readonly roles: readonly Role[];
  /** Idempotency key of the caller; a command without one is never taken for a repeat of another. */
  readonly key?: string;
  /** When it happened; the day of recording (UTC) when left out. */
  readonly occurredOn?: PartialDate;
  readonly correlationId?: string;
  /** `stream@revision` of the event that a policy answers. */
  readonly causationId?: string;
  /** The revision the caller saw; the command fails with StaleRevision where the stream has moved on. */
  readonly ifMatch?: number;
  /** Decide and answer, record nothing. */
  readonly dryRun?: boolean;
}

export interface Receipt {
  readonly stream: string;
  /** Last revision of the stream as this command left it; −1 for a stream that still has no event. */
  readonly revision: number;
  /** Position of the last event recorded by this command, as a string; the store's head where nothing was recorded. */
  readonly position: string;
  readonly epoch: string;
  /** What was recorded; nothing where the same fact already stood. */
  readonly events: readonly { readonly type: string; readonly revision: number }[];
  /** This command was recorded before, and this is its first receipt. */
  readonly repeated?: true;
  /** All that it recorded was taken back since: it no longer stands, and a repeat does not bring it back. */
  readonly takenBack?: true;
}

/** Any command of any lifecycle, addressed to one stream: `new Execute(pairing, 'cartagena-malaga', 'HoldMission', body, envelope)`. */
export class Execute extends Command<Receipt> {
  constructor(
    readonly lifecycle: AnyLifecycle,
    readonly id: string,
    readonly name: string,
    /** The body as it was sent (JSON), not yet checked. */
    readonly body: unknown,
    readonly envelope: Envelope,
  ) {
    super();
  }
}
