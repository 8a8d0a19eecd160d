import type { Runner } from '../engine/runner';
import type { Parked } from '../engine/runner-parking';
import { openPuente, type Settings } from '../puente';

type Parking = Pick<Runner, 'parked' | 'retry' | 'drop' | 'catchUp'>;

// The message of a database may be of several lines.
const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ').trim();
const inALine = ({ readModel, stream, revision, error, attempts, parkedAt, droppedBecause }: Parked) =>
  oneLine(
    `${readModel} ${stream} waits from revision ${revision} on, since ${parkedAt}, after ${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}: ${error}${droppedBecause === undefined ? '' : ` (given up: ${droppedBecause})`}`,
  );

/** What is set aside, a line each. */
export const tellParked = async (runner: Parking): Promise<readonly string[]> => {
  const aside = await runner.parked();
  return aside.length === 0 ? ['nothing is parked'] : aside.map(inALine);
};

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
  if (asked === 0)
    return {
      line: `${stream ?? 'nothing'} is ${stream === undefined ? '' : 'not '}parked in ${readModel}`,
      code: stream === undefined ? 0 : 1,
    };
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

const onRunner = async <Result>(settings: Settings, work: (runner: Runner) => Promise<Result>): Promise<Result> => {
  const puente = await openPuente(settings);
  try {
    return await work(puente.runner);
  } finally {
    await puente.close();
  }
};
const print = (line: string) => void process.stdout.write(`${line}\n`);

export const parked = async (settings: Settings): Promise<void> => {
  for (const line of await onRunner(settings, tellParked)) print(line);
};

/** @returns the exit code: 1 when something was tried and stays parked, or was not parked */
export const retry = async (settings: Settings, readModel: string, stream?: string): Promise<0 | 1> => {
  const { line, code } = await onRunner(settings, (runner) => retryParked(runner, readModel, stream));
  print(line);
  return code;
};

/** @returns the exit code: 1 when it was not parked */
export const drop = async (settings: Settings, readModel: string, stream: string, because: string): Promise<0 | 1> => {
  const { line, code } = await onRunner(settings, (runner) => dropParked(runner, readModel, stream, because));
  print(line);
  return code;
};
