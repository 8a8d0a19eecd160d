import { CommandHandler } from '@nestjs/cqrs';
import { Rejected } from '../kernel/refusal';
import { Execute, type Receipt } from './execute';
import { ExecuteHandler } from './execute-handler';
import { KeyReused, Malformed, NotResponsible, StaleRevision, UnknownReference } from './refused';

/** What became of a command, for whoever counts them. */
export const commandOutcomes = [
  'recorded',
  'repeated',
  'unchanged',
  'tried',
  'refused',
  'malformed',
  'not-responsible',
  'stale',
  'failed',
] as const;
export type CommandOutcome = (typeof commandOutcomes)[number];

const ofReceipt = ({ events, repeated }: Receipt, dryRun: boolean): CommandOutcome =>
  repeated ? 'repeated' : dryRun ? 'tried' : events.length === 0 ? 'unchanged' : 'recorded';
const ofError = (error: unknown): CommandOutcome => {
  if (error instanceof Rejected || error instanceof UnknownReference) return 'refused';
  if (error instanceof Malformed || error instanceof KeyReused) return 'malformed';
  if (error instanceof NotResponsible) return 'not-responsible';
  return error instanceof StaleRevision ? 'stale' : 'failed';
};

/** The handler of every command, which tells what became of each. */
@CommandHandler(Execute)
export class MeasuredExecuteHandler extends ExecuteHandler {
  override async execute(command: Execute): Promise<Receipt> {
    const { commanded } = this.on;
    if (!commanded) return super.execute(command);
    try {
      const receipt = await super.execute(command);
      commanded(ofReceipt(receipt, command.envelope.dryRun === true));
      return receipt;
    } catch (error) {
      commanded(ofError(error));
      throw error;
    }
  }
}
