import { AskedWrongly } from '../http/auth';
import { UnusableHome } from '../store/folders';

/** Tells on standard error why a command failed. @returns the exit code: 2 where it was asked wrongly, by its words or its environment */
export const tellFailure = (error: unknown): 1 | 2 => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  return error instanceof AskedWrongly || error instanceof UnusableHome ? 2 : 1;
};
