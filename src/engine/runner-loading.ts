import type { RuleBook } from '../kernel/rules';
import type { Recorded } from '../store/port';
import type { Touched } from './read-model';
import { byStream, type Histories, UnknownKind } from './runner-histories';
import type { Waiting } from './runner-parking';

/** Where what a batch is about is read from. */
export interface Loading {
  readonly histories: Histories;
  readonly rules: { load(names: Iterable<string>): Promise<RuleBook> };
}

/** Events that are not to be handled, or cannot even be read, and why. */
interface Unreadable extends Waiting {
  readonly error: Error;
  readonly attempts?: number;
}
/** What a batch is about. */
export interface Loaded {
  readonly touched: readonly Touched[];
  readonly unreadable: readonly Unreadable[];
}

/** The streams that these events touch, each up to the last of them. */
export const loaded = async ({ histories }: Pick<Loading, 'histories'>, events: readonly Recorded[]): Promise<Loaded> => {
  const touched: Touched[] = [];
  const unreadable: Unreadable[] = [];
  for (const [stream, own] of byStream(events)) {
    try {
      touched.push(await histories.touched(stream, own));
    } catch (error) {
      if (!(error instanceof UnknownKind)) throw error;
      unreadable.push({ stream, revision: own[0]!.revision, error });
    }
  }
  return { touched, unreadable };
};

/** The rule sets that facts of these streams were decided under. */
export const bookFor = ({ rules }: Pick<Loading, 'rules'>, touched: readonly Touched[]): Promise<RuleBook> =>
  rules.load(new Set(touched.flatMap(({ history }) => history.flatMap((event) => (event.rules === undefined ? [] : [event.rules])))));
