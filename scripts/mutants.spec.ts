import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from '@swc/core';
import { mutants } from './mutants';
import { mutated } from './verify-mutants';

const root = join(__dirname, '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');

describe('the mutants', () => {
  it.each(mutants)('$name: applies to the sources as they are, which can still be run', (mutant) => {
    const changed = mutated(mutant, read);
    expect(changed.size).toBeGreaterThan(0);
    for (const [file, text] of changed) {
      expect(text).not.toBe(read(file));
      expect(transformSync(text, { filename: join(root, file), configFile: join(root, '.swcrc') }).code).not.toBe('');
    }
    for (const spec of mutant.specs) expect([spec, existsSync(join(root, spec))]).toEqual([spec, true]);
  });

  it('are refused where what they change is not there exactly once', () => {
    const edits = [{ file: 'a', from: 'x', to: 'y' }];
    const found = (text: string) => () => mutated({ name: 'a', breaks: 'b', edits, specs: [] }, () => text);
    expect(found('y')).toThrow('0 times');
    expect(found('x and x')).toThrow('2 times');
    expect(found('one x')()).toEqual(new Map([['a', 'one y']]));
  });

  it('have names of their own, and stand in docs/reliability.md with what they break', () => {
    expect(new Set(mutants.map(({ name }) => name)).size).toBe(mutants.length);
    const [, table = ''] = /<!-- mutants -->\s+([\s\S]*?)\s+<!-- \/mutants -->/.exec(read('docs/reliability.md')) ?? [];
    const rows = table
      .split('\n')
      .slice(2)
      .map((row) =>
        row
          .split('|')
          .slice(1, -1)
          .map((cell) => cell.trim()),
      );
    expect(rows).toEqual(mutants.map(({ name, breaks }) => [name, breaks]));
  });
});
