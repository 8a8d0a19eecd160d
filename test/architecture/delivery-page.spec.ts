import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { usualSchedule } from '../../src/delivery/schedule';
import { problems } from '../../src/http/problems';
import { fieldProblems } from '../../src/kernel/fields-problems';

const root = join(__dirname, '../..');
const page = readFileSync(join(root, 'docs/delivery.md'), 'utf8');
/** The cells of each row of the table below a heading or a line, without its head. */
const tableBelow = (text: string): readonly (readonly string[])[] => {
  const [, table] = new RegExp(`${text}[\\s\\S]*?\\n(\\|[\\s\\S]*?)\\n\\n`).exec(`${page}\n\n`)!;
  const cells = (row: string) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
  return table!.split('\n').slice(2).map(cells);
};

describe('the page on delivery', () => {
  it('names refusals as they are answered', () => {
    const rows = tableBelow('## Refusals');
    expect(rows.length).toBeGreaterThan(8);
    for (const [codes, status] of rows)
      for (const [, code] of codes!.matchAll(/`(\w+)`/g))
        expect([code, Object.hasOwn(fieldProblems, code!) ? 400 : problems[code as keyof typeof problems]]).toEqual([code, Number(status)]);
  });

  it('says after how long an attempt in vain is followed by the next', () => {
    const units: Readonly<Record<string, number>> = { s: 1_000, min: 60_000, h: 3_600_000 };
    const [delays] = tableBelow('the next comes after:');
    const told = delays!.slice(1).map((delay) => {
      const [count, unit] = delay.split(' ');
      return Number(count) * units[unit!]!;
    });
    expect([0, ...told]).toEqual(usualSchedule);
  });

  it('names the variables that are read', () => {
    const settings = readFileSync(join(root, 'src/cli/settings.ts'), 'utf8');
    const named = tableBelow('## Environment').map(([variable]) => variable!.replaceAll('`', ''));
    expect(named.length).toBe(3);
    for (const variable of named) expect(settings).toContain(`'${variable}'`);
  });
});
