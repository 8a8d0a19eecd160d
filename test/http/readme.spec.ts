import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { desk } from './desk';

const root = join(__dirname, '../..');
const page = (path: string) => readFileSync(join(root, path), 'utf8');
const pages = page('README.md') + page('docs/using.md');
/** The code between two marks of these pages: of one block, or of several with words between them. */
const code = (mark: string) => {
  const [, marked] = new RegExp(`<!-- ${mark} -->([\\s\\S]*?)<!-- /${mark} -->`).exec(pages)!;
  return [...marked!.matchAll(/```\w+\n([\s\S]*?)```/g)].map(([, block]) => block!).join('');
};

interface Answer {
  readonly events?: readonly { readonly type: string }[];
  readonly code?: string;
  readonly waits?: readonly object[];
  readonly gates?: readonly { readonly gate: string }[];
  readonly items?: readonly { readonly waived: readonly { readonly gate: string }[]; readonly nextStep?: object }[];
}

describe('the pages that users begin with', () => {
  const { base, shell, token } = desk();

  /** What a shell on a newcomer's desk would print, one answer a line. */
  const run = async (...marks: string[]): Promise<readonly Answer[]> =>
    (await shell(marks.map(code).join('\n')))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Answer);

  it('drive one pairing from the call to the signed agreement by curl alone', async () => {
    const answers = await run('walkthrough');
    const [board, ...others] = answers.slice(0, -1).filter(({ items }) => items);
    expect([board!.items!.map(({ nextStep }) => nextStep), others]).toEqual([[JSON.parse(code('next'))], []]);
    const receipts = answers.slice(0, -1).filter(({ items }) => !items);
    expect(receipts.filter(({ events = [] }) => events.length === 0)).toEqual([]);
    expect(receipts.at(-1)!.events).toMatchObject([{ type: 'PairingCompleted' }]);
    expect(answers.at(-1)!.items!.length).toBeGreaterThan(15);
  }, 60_000);

  it('read the feed, listen to it, and claim and acknowledge events of a subscription by curl alone', async () => {
    const said = (await shell(`SERVICE=$TOKEN\n${code('setting')}\n${code('subscribe')}`)).trim().split('\n');
    const answers = said.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as object);
    const [page, created, claimed, status] = answers.slice(-4);
    expect(page).toMatchObject({ items: [{ cursor: expect.any(String) as string, event: { specversion: '1.0' } }, {}], more: true });
    expect(said.filter((line) => /^data: .*"type":"eu\.puente\.PairingFormed"/.test(line)).length).toBeGreaterThan(0);
    expect(created).toMatchObject({ events: [{ type: 'SubscriptionCreated' }] });
    expect(claimed).toMatchObject({ claim: expect.any(String) as string, items: [{ event: { specversion: '1.0' }, attempts: 0 }, {}] });
    expect(status).toMatchObject({ id: 'office', is: 'active', inHands: 0, waiting: expect.any(Number) as number, parked: [] });
  }, 60_000);

  it('show a closed gate, a waiver and corrections, each with the answer they announce', async () => {
    const closed = await run('setting', 'closed');
    expect(closed.at(-1)).toMatchObject({
      code: 'GATE_CLOSED',
      gates: [{ gate: 'mission-before-plan', missing: [{ code: 'MISSION_HELD' }] }],
    });
    expect(closed.slice(0, -1).filter(({ events = [] }) => events.length === 0)).toEqual([]);
    const [next, beginning] = await run('setting', 'what-next');
    expect(next!.waits).toContainEqual(JSON.parse(code('waits')));
    expect(beginning).toMatchObject({ revision: -1, can: [{ command: 'OpenCall', chosen: ['ruleSet'] }], waits: [] });
    expect(await run('setting', 'waived')).toMatchObject([
      { events: [{ type: 'GateWaived' }] },
      { events: [{ type: 'PlanSubmitted', revision: 4 }] },
    ]);
    expect(await run('setting', 'corrected')).toMatchObject([
      { events: [{ type: 'ThemeAgreed', revision: 5 }] },
      { events: [{ type: 'FactCorrected' }] },
      { code: 'FACTS_REST_ON_IT' },
    ]);
  }, 60_000);

  it('suspend and extend a pairing, and tell who answered for a side on a day', async () => {
    const [suspended, refused, resumed, listed] = await run('setting', 'suspended');
    expect([suspended, resumed]).toMatchObject([{ events: [{ type: 'PairingSuspended' }] }, { events: [{ type: 'PairingResumed' }] }]);
    expect(refused).toMatchObject({ gates: [{ gate: 'not-while-suspended', missing: [{ code: 'OUTSIDE_SUSPENSION' }] }] });
    expect(listed).toMatchObject({
      items: [{ id: 'walk-2', commitmentMonths: 18, supportMonths: 18, extensions: [{ months: 3 }], supportEndsOn: '2026-03-31' }],
    });
    const answers = await run('setting', 'responsible');
    expect(answers.at(-1)).toMatchObject({
      sides: [{ side: 'european', focalPoints: [{ name: 'Ana', from: '2024-06', to: '2024-09-15', is: 'certain' }] }, {}],
    });
  }, 60_000);

  it('make an officer responsible for a pairing, and refuse another', async () => {
    const [me, board, refused, released] = await run('setting', 'mine');
    expect(me).toMatchObject({ roles: ['programme-officer'], assigned: [{ as: 'officer', lifecycle: 'pairing', id: 'walk-2' }] });
    expect(board!.items).toMatchObject([{ id: 'walk-2', nextStep: {} }]);
    expect(refused).toMatchObject({ status: 403, code: 'NOT_RESPONSIBLE', title: 'Respondem outras pessoas' });
    expect(released).toMatchObject({ events: [{ type: 'OfficerReleased' }] });
  }, 60_000);

  it('allocate, move and spend money, and convert it once there is a rate', async () => {
    const [visits, courses, moved, tooMuch, spent, without, rate, budget] = await run('setting', 'budget');
    expect([visits, courses, moved, spent, rate].map((answer) => answer?.events?.map(({ type }) => type))).toEqual([
      ['BudgetAllocated'],
      ['BudgetAllocated'],
      ['BudgetReallocated'],
      ['BudgetSpent'],
      ['ExchangeRateRecorded'],
    ]);
    expect([tooMuch?.code, without?.code]).toEqual(['BUDGET_LINE_TOO_SHORT', 'NO_EXCHANGE_RATE']);
    expect(budget).toMatchObject({
      lines: [
        { line: 'missions', leftMinor: 800_000 },
        { line: 'pilot', leftMinor: 800_000 },
        { line: 'training', leftMinor: 862_514_000 },
      ],
      total: {
        currency: 'EUR',
        allocatedMinor: 2_200_000,
        leftMinor: 1_800_000,
        rates: [{ rate: '4312.57', source: 'InforEuro', event: expect.stringMatching(/^pairing-walk-2@\d+$/) as string }],
      },
    });
  }, 60_000);

  it('store a document, attach it, and find it on the timeline', async () => {
    const [stored, receipt] = await run('setting', 'documents');
    const { digest } = stored as { readonly digest: string };
    expect(receipt).toMatchObject({ events: [{ type: 'PlanDocumentAttached' }] });
    const { position, epoch } = receipt as { readonly position: string; readonly epoch: string };
    const headers = { Authorization: `Bearer ${await token('evaluator')}` };
    const timeline = await fetch(`${base()}/v1/pairings/walk/timeline?limit=200`, {
      headers: { ...headers, 'Accept-Language': 'es', 'Puente-Position': `${position}.${epoch}`, Prefer: 'wait=20' },
    });
    const { items } = (await timeline.json()) as { items: { sentence: string; documents?: { href: string }[] }[] };
    expect(items.filter(({ documents }) => documents)).toMatchObject([
      {
        type: 'PlanDocumentAttached',
        sentence: 'Adjuntado el documento de la versión 1 del UCAP, en español',
        documents: [{ digest, href: `/v1/documents/${digest}` }],
      },
    ]);
    const bytes = await fetch(`${base()}/v1/documents/${digest}`, { headers });
    expect(await bytes.text()).toBe('Plan de acción: carriles bici junto al río');
  }, 60_000);

  it('merge a party that was registered twice, and find it by the names of both', async () => {
    const [registered, shown, found, refused] = await run('setting', 'merged');
    expect(registered).toMatchObject({ events: [{ type: 'PartyRegistered' }] });
    expect(shown).toMatchObject({ id: 'walk-bogota-dc', revision: 1, mergedInto: 'walk-bogota' });
    expect(found).toEqual({
      items: [
        expect.objectContaining({
          id: 'walk-bogota',
          name: 'walk-bogota',
          alsoRegisteredAs: [{ id: 'walk-bogota-dc', name: 'Bogotá, Distrito Capital' }],
        }),
      ],
    });
    expect(refused).toMatchObject({ status: 409, code: 'MERGED_AWAY' });
  }, 60_000);

  it('can be pasted into zsh, which takes # for a command there, ? for a pattern, and lower-case names for variables of its own', () => {
    const blocks = [...(pages + page('docs/story.md')).matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block]) => block!);
    expect(blocks.length).toBeGreaterThan(20);
    const unquoted = blocks.map((block) => block.replace(/'[^']*'|"(?:\\.|[^"\\])*"/g, "''"));
    expect(unquoted.filter((block) => /(^|\s)#/m.test(block) || block.includes('?'))).toEqual([]);
    expect(blocks.filter((block) => /\b(path|cdpath|fpath|manpath|status|argv|prompt|options|history)=/.test(block))).toEqual([]);
  });

  it('show a command as it stands in the code, in at most 25 lines', () => {
    const lines = code('command')
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
    const missions = readFileSync(join(root, 'src/parts/missions.ts'), 'utf8').replace(/\s+/g, ' ');
    expect(lines.length).toBeLessThanOrEqual(25);
    expect(
      code('command')
        .split('\n\n')
        .map((piece) => piece.trim().replace(/\s+/g, ' '))
        .filter((piece) => !missions.includes(piece)),
    ).toEqual([]);
  });
});
