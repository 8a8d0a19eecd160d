import { createInterface } from 'node:readline';

/** Tells the process that started this one, a line each; on a pipe nothing that was said is lost when this one is killed. */
export const say = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`);

/** What this process is told, a line each. */
export async function* told<Line>(): AsyncGenerator<Line> {
  for await (const line of createInterface({ input: process.stdin })) yield JSON.parse(line) as Line;
}
