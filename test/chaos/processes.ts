import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A process that was started here and is told what to do by lines. */
export interface Process<Line> {
  readonly child: ChildProcess;
  readonly gone: Promise<void>;
  tell(line: object | 'stop'): void;
  /** Called for each line it says from now on; what was said before is said at once. */
  hear(listener: (line: Line) => void): void;
}

const start = <Line>(program: string): Process<Line> => {
  const child = spawn(process.execPath, ['--enable-source-maps', program], {
    cwd: join(__dirname, '../..'),
    stdio: ['pipe', 'pipe', process.env['PUENTE_CHAOS_STDERR'] ? 'inherit' : 'ignore'],
  });
  child.stdin.on('error', () => undefined);
  const said: Line[] = [];
  let listener: (line: Line) => void = (line) => void said.push(line);
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => listener(JSON.parse(line) as Line));
  // What it said last is read before it counts as gone.
  const gone = Promise.all([
    new Promise<void>((resolve) => child.once('exit', () => resolve())),
    new Promise<void>((resolve) => lines.once('close', () => resolve())),
  ]).then(() => undefined);
  return {
    child,
    gone,
    tell: (line) => void child.stdin.write(`${JSON.stringify(line)}\n`),
    hear: (next) => {
      listener = next;
      for (const line of said.splice(0)) next(line);
    },
  };
};

/** Processes of one compiled program, one of them started ahead so that the next is there at once. */
export class Spares<Line> {
  private spare: Process<Line>;

  constructor(private readonly program: string) {
    this.spare = start(program);
  }
  next(): Process<Line> {
    const { spare } = this;
    this.spare = start(this.program);
    return spare;
  }
  async close(): Promise<void> {
    this.spare.child.kill('SIGKILL');
    await this.spare.gone;
  }
}
