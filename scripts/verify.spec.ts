import { spawn } from 'node:child_process';
import { Compiled } from '../test/cluster/compiled';

const program = Compiled.make().program('scripts/verify');
const verify = (...words: string[]): Promise<{ readonly code: number | null; readonly out: string }> =>
  new Promise((resolve, reject) => {
    const running = spawn(process.execPath, [program, ...words], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let out = '';
    running.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    running.once('error', reject).once('close', (code) => resolve({ code, out }));
  });

it.each([
  ['two things at once', ['--kill', '--long']],
  ['deliveries and everything else at once', ['--delivery', '--long']],
  ['no cycle', ['--kill', '--cycles', '0']],
  ['a mutant that there is not', ['--mutants', '--only', 'nothing of the kind']],
  ['a format of its own', ['--format', 'xml']],
])('whoever asks for %s is told that they ask wrongly, and nothing is run', async (_, words) => {
  expect(await verify(...words)).toEqual({ code: 2, out: '' });
});
