import type { AnyLifecycle } from '../kernel/lifecycle';
import { Rejected, type Said } from '../kernel/refusal';
import { idOf, kindOf } from '../store/port';
import { type Envelope, Execute, type Receipt } from './execute';
import type { NewTask } from './policies';
import { UnknownReference } from './refused';

export interface GivingOptions {
  readonly lifecycles: Readonly<Record<string, AnyLifecycle>>;
  readonly execute: (command: Execute) => Promise<Receipt>;
  /** Whose name it acts in. */
  readonly actor: string;
}

/** A command that the calendar demands of a stream as it stands. */
export interface Timer {
  readonly stream: string;
  readonly revision: number;
  readonly ordinal: number;
  readonly due_on: string;
  readonly command: string;
  readonly body: object;
}

export type Outcome =
  { readonly is: 'done' } | { readonly is: 'refused'; readonly problem: Said } | { readonly is: 'failed'; readonly problem: Said };
const done: Outcome = { is: 'done' };
export const failure = (error: string): Said => ({ code: 'FAILED', values: { error } });

// Their command's key: changing one would make every repeat a new command.
export const keyOfTask = ({ policy, cause, path }: NewTask) => `${policy} ${cause} ${path.join('.')}`;
export const keyOfTimer = ({ stream, revision, ordinal }: Timer) => `timer ${stream}@${revision} ${ordinal}`;

/** Gives what policies and the calendar demand as commands, each always under the same key. */
export class Giving {
  constructor(private readonly options: GivingOptions) {}

  task(task: NewTask): Promise<Outcome> {
    const { stream, command, body, occurred_on, correlation_id, cause } = task;
    const envelope = { occurredOn: occurred_on, correlationId: correlation_id, causationId: cause };
    return this.give(stream, command, body, { key: keyOfTask(task), ...envelope });
  }

  timer(timer: Timer): Promise<Outcome> {
    return this.give(timer.stream, timer.command, timer.body, { key: keyOfTimer(timer), occurredOn: timer.due_on });
  }

  private async give(stream: string, command: string, body: object, envelope: Partial<Envelope>): Promise<Outcome> {
    const { lifecycles, execute, actor } = this.options;
    const of = lifecycles[kindOf(stream)];
    if (!of) return { is: 'failed', problem: failure(`no lifecycle is named ${kindOf(stream)}`) };
    try {
      await execute(new Execute(of, idOf(stream), command, body, { actor, roles: ['service'], ...envelope }));
      return done;
    } catch (error) {
      if (error instanceof Rejected) return { is: 'refused', problem: error.said };
      if (error instanceof UnknownReference)
        return { is: 'refused', problem: { code: 'UNKNOWN_REFERENCE', values: { thing: error.kind, id: error.id } } };
      return { is: 'failed', problem: failure(String(error)) };
    }
  }
}
