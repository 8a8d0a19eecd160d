import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { desk } from './desk';

const page = readFileSync(join(__dirname, '../../docs/story.md'), 'utf8');
/** What is told, and what the answers to it come to where the page says so. */
const steps = [...page.matchAll(/```sh\n([\s\S]*?)```(?:\s+```text\n([\s\S]*?)```)?/g)].map(([, told, answers]) => ({
  told: told!,
  answers: answers?.trim().split('\n') ?? [],
}));

interface Answer {
  readonly status?: number;
  readonly code?: string;
  readonly gates?: readonly { readonly gate: string; readonly missing: readonly { readonly code: string }[] }[];
  readonly events?: readonly { readonly type: string }[];
  readonly items?: readonly Entry[];
  readonly lines?: readonly Money[];
  readonly totals?: readonly Money[];
  readonly can?: readonly { readonly title: string }[];
  readonly sides?: readonly { readonly side: string; readonly focalPoints: readonly { readonly name: string }[] }[];
}
interface Money {
  readonly line?: string;
  readonly currency: string;
  readonly spentMinor: number;
  readonly leftMinor: number;
}
interface Entry {
  readonly occurredOn: string;
  readonly sentence: string;
  readonly standing: string;
  readonly waived: readonly { readonly gate: string }[];
}

const gateInShort = ({ gate, missing }: NonNullable<Answer['gates']>[number]) => `${gate}: ${missing.map(({ code }) => code).join(', ')}`;
const entryInShort = ({ occurredOn, sentence, standing, waived }: Entry) =>
  [
    occurredOn.padEnd(10),
    sentence,
    ...(standing === 'in-force' ? [] : [`(${standing})`]),
    ...waived.map(({ gate }) => `(waived: ${gate})`),
  ].join(' ');
const units = (minor: number) => (minor / 100).toFixed(2);
const moneyInShort = ({ line = 'together', currency, spentMinor, leftMinor }: Money) =>
  `${line}: ${units(spentMinor + leftMinor)} ${currency}, of which ${units(spentMinor)} spent and ${units(leftMinor)} left`;
const inShort = ({ status, code, gates = [], events, items, sides, lines, totals = [], can, ...answer }: Answer): readonly string[] => {
  if (events) return [events.map(({ type }) => type).join(' ')];
  if (items) return items.map(entryInShort);
  if (lines) return [...lines, ...totals].map(moneyInShort);
  if (can) return [...new Set(can.map(({ title }) => title))];
  if (sides) return [sides.map(({ side, focalPoints }) => `${side}: ${focalPoints.map(({ name }) => name).join(', ')}`).join('; ')];
  return code === undefined ? [JSON.stringify(answer)] : [[status, code, ...gates.map(gateInShort)].join(' ')];
};

describe('the story of a pairing', () => {
  const { shell } = desk();

  it('goes over HTTP as the page tells it, answer by answer', async () => {
    const between = 'the next step';
    const stdout = await shell(steps.map(({ told }) => `${told}\necho '${between}'`).join('\n'));
    const answered = stdout.split(`${between}\n`).slice(0, -1);
    const lines = answered.map((text) =>
      text
        .split('\n')
        .filter((line) => line !== '')
        .flatMap((line) => inShort(JSON.parse(line) as Answer)),
    );
    expect(lines).toEqual(steps.map(({ answers }) => answers));
  });
});
