import { nameOfDemand, type Stuck, stuck } from '../engine/doer-status';
import { UnknownReference } from '../engine/refused';
import type { Runner } from '../engine/runner';
import type { Parked } from '../engine/runner-parking';
import { Rejected, type Said } from '../kernel/refusal';
import type { Settings } from '../puente';
import { opened } from './opened';
import { inWords } from './refusal-in-words';

export type Parking = Pick<Runner, 'parked' | 'retry' | 'drop' | 'catchUp'>;

// The message of a database may be of several lines.
export const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ').trim();
const inALine = ({ readModel, stream, revision, error, attempts, parkedAt, unfinished, droppedBecause }: Parked) =>
  oneLine(
    `${readModel} ${stream} waits from revision ${revision} on, since ${parkedAt}, after ${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}: ${error}${unfinished ? ' (tried again only where somebody asks for it)' : ''}${droppedBecause === undefined ? '' : ` (given up: ${droppedBecause})`}`,
  );

export const why = ({ code, values }: Said): string => {
  if (code === 'FAILED') return String(values['error']);
  if (code === 'UNKNOWN_REFERENCE') return inWords(new UnknownReference(String(values['thing']), String(values['id'])), 'en');
  return inWords(new Rejected({ code, values }), 'en');
};
const undoneIs = { failed: 'fails, and tries again,', refused: 'is refused', dropped: 'is given up, and is not' } as const;
const stuckInALine = ({ name, is, stream, command, cause, path, since, problem, attempts, because }: Stuck) =>
  oneLine(
    `${nameOfDemand({ by: name, cause, path })} ${undoneIs[is]} to ${command} on ${stream} as of ${since}, after ${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}${problem ? `: ${why(problem)}` : ''}${because === null ? '' : ` (given up: ${because})`}`,
  );

/** What is set aside, a line each. */
export const tellParked = async (runner: Parking): Promise<readonly string[]> => {
  const aside = await runner.parked();
  return aside.length === 0 ? ['nothing is parked'] : aside.map(inALine);
};
/** What policies and timers could not do, a line each. */
export const tellStuck = (undone: readonly Stuck[]): readonly string[] =>
  undone.length === 0 ? ['nothing that policies and timers demand failed or was refused'] : undone.map(stuckInALine);

/** What whoever asks for another attempt at a stream is told where there is nothing to try. */
export const notWaiting = (stream: string, readModel: string): { readonly line: string; readonly code: 1 } => ({
  line: `${stream} is not parked in ${readModel}, or was given up: then \`puente rebuild ${readModel}\` takes it in`,
  code: 1,
});

/** Tries parked streams again, here or by the process that brings the read model forward; what that one did not try yet is only asked for. */
export const retryParked = async (
  runner: Parking,
  readModel: string,
  stream?: string,
): Promise<{ readonly line: string; readonly code: 0 | 1 }> => {
  const waiting = async () =>
    (await runner.parked(readModel)).filter((each) => each.droppedBecause === undefined && (stream ?? each.stream) === each.stream);
  const attemptsBefore = new Map((await waiting()).map((each) => [each.stream, each.attempts]));
  const asked = await runner.retry(readModel, stream);
  if (asked === 0) return stream === undefined ? { line: `nothing is parked in ${readModel}`, code: 0 } : notWaiting(stream, readModel);
  await runner.catchUp([readModel]);
  const left = await waiting();
  const untried = left.filter((each) => each.attempts === attemptsBefore.get(each.stream)).length;
  const failed = left.length - untried;
  const told = [
    ...(asked > untried ? [`${asked - untried} tried again in ${readModel}, ${failed} still parked`] : []),
    ...(untried > 0
      ? [
          `${untried} asked for in ${readModel}: the process that brings it forward tries ${untried === 1 ? 'it' : 'them'} within seconds; \`puente parked\` then lists what stays`,
        ]
      : []),
  ];
  return { line: told.join('; '), code: failed === 0 ? 0 : 1 };
};

/** Gives a parked stream up, with the reason. */
export const dropParked = async (
  runner: Parking,
  readModel: string,
  stream: string,
  because: string,
): Promise<{ readonly line: string; readonly code: 0 | 1 }> =>
  (await runner.drop(readModel, stream, because))
    ? { line: `${stream} is given up in ${readModel}: ${oneLine(because)}`, code: 0 }
    : { line: `${stream} is not parked in ${readModel}`, code: 1 };

export const print = (line: string) => void process.stdout.write(`${line}\n`);

export const parked = async (settings: Settings): Promise<void> => {
  const lines = await opened(settings, async ({ runner, pool }) => [
    ...(await tellParked(runner)),
    ...tellStuck(await stuck(pool, new Date())),
  ]);
  for (const line of lines) print(line);
};
