import { join } from 'node:path';
import supertest from 'supertest';
import { demoFiles } from '../../src/cli/demo-files';
import { importInto } from '../../src/cli/import-file';
import { mintDevToken } from '../../src/http/dev-issuer';
import { openPuente } from '../../src/puente';
import { served } from '../http/served';

interface Linked {
  readonly value: number;
  readonly links: { readonly evidence: string };
}
interface Facts {
  readonly items: readonly { readonly event: string; readonly type: string; readonly links: { readonly timeline: string } }[];
}
interface Times {
  readonly pairings: number;
  readonly median: number | null;
  readonly ninetieth: number | null;
}
interface Process {
  readonly phases: readonly {
    readonly phase: string;
    readonly took: Times;
    readonly waits: Times;
    readonly groups: readonly { readonly is: string; readonly took: Times; readonly waits: Times }[];
  }[];
}
interface Claims {
  readonly claims: readonly {
    readonly id: string;
    readonly value: number;
    readonly contradicts: readonly string[];
    readonly recounts: readonly { readonly indicator: string; readonly recount: number; readonly agrees: boolean }[];
    readonly notCountable?: string;
  }[];
}

// The whole cohort, on a machine that may be busy.
jest.setTimeout(120_000);

describe('what an evaluator finds by following links alone', () => {
  let position: string;
  const { home, base } = served(async (settings) => {
    const puente = await openPuente(settings);
    for (const file of demoFiles(join(__dirname, '../../data'))) await importInto(puente, file);
    position = `${await puente.store.head()}.${await puente.store.epoch()}`;
    await puente.close();
  });
  let reader: ReturnType<typeof supertest.agent>;
  const follow = async <Answer>(address: string) => (await reader.get(address).expect(200)).body as Answer;

  beforeAll(async () => {
    reader = supertest
      .agent(base())
      .set('Authorization', `Bearer ${await mintDevToken({ home, role: 'evaluator' })}`)
      .set({ 'Puente-Position': position, Prefer: 'wait=30' });
  });

  it('leads from the 23 UCAPs to the 23 events and their timelines', async () => {
    const { items } = await follow<{ items: readonly { code: string; href: string }[] }>('/v1/indicators');
    const figure = await follow<Linked>(items.find(({ code }) => code === 'ucaps-approved')!.href);
    expect(figure.value).toBe(23);
    const evidence = await follow<Facts>(figure.links.evidence);
    expect(evidence.items).toHaveLength(23);
    expect(new Set(evidence.items.map(({ type }) => type))).toEqual(new Set(['PlanApproved']));
    for (const { event, links } of evidence.items) {
      const timeline = await follow<{ items: readonly { id: string; type: string }[] }>(links.timeline);
      expect(timeline.items[0]).toMatchObject({ id: event, type: 'PlanApproved' });
    }
  });

  it('tells how long pairings took from step to step, by call, and where they wait', async () => {
    const { phases } = await follow<Process>('/v1/process?by=call&asOf=2020-12-31');
    expect(phases.map(({ phase }) => phase).slice(0, 3)).toEqual(['kick-off', 'missions', 'plan-approved']);
    const plan = phases[2]!;
    expect([plan.took.pairings, plan.took.median! > 0, plan.took.ninetieth! >= plan.took.median!]).toEqual([23, true, true]);
    expect(plan.groups.map(({ is }) => is)).toEqual(['iuc-lac-2017', 'iuc-lac-2018', 'iuc-lac-2019']);
    expect(plan.groups.reduce((sum, { took }) => sum + took.pairings, 0)).toBe(23);
    expect(plan.waits.pairings).toBe(plan.groups.reduce((sum, { waits }) => sum + waits.pairings, 0));
  });

  it('tells it by country: a pairing counts in those of all its parties', async () => {
    const { phases } = await follow<Process>('/v1/process?by=country&asOf=2020-12-31');
    const [kickOff] = phases;
    expect(kickOff!.took.pairings).toBe(26);
    const of = new Map(kickOff!.groups.map(({ is, took }) => [is, took.pairings]));
    expect(Object.fromEntries(of)).toEqual({
      ...{ AR: 5, BR: 7, CL: 4, CO: 6, PE: 4 },
      ...{ AT: 1, DE: 1, ES: 6, GB: 2, GR: 3, HR: 1, IT: 4, PT: 5, RO: 3 },
    });
  });

  it('lists the known contradictions: 52 cities that are no count of anything but places, 79 plans against a list of 80', async () => {
    const { claims } = await follow<Claims>('/v1/claim-register?differing=true');
    const cities = claims.filter(({ id }) => !id.startsWith('pipa-'));
    expect(cities.map(({ id }) => id)).toEqual(['gcom-plans-planned', 'gcom-plans-planned-list', 'iuc-c1-cities']);
    expect(cities[0]).toMatchObject({ value: 79, contradicts: ['gcom-plans-planned-list'], recounts: [] });
    expect(cities[2]!.recounts.map(({ indicator, recount, agrees }) => [indicator, recount, agrees])).toEqual([
      ['municipalities-distinct', 60, false],
      ['parties-distinct', 54, false],
      ['party-slots', 52, true],
    ]);
  });

  it('lists those of the programmes: 8 countries against a list of 9, totals of 30 and 29 beside the recount of their day', async () => {
    const { claims } = await follow<Claims>('/v1/claim-register?differing=true&asOf=2025-12-31');
    const of = (id: string) => claims.find((claim) => claim.id === id);
    const stated = 'pipa-picspam-member-countries-stated-count';
    expect(of(stated)).toMatchObject({ value: 8, contradicts: [`${stated}-2`], recounts: [] });
    expect(of(`${stated}-2`)).toMatchObject({ value: 9, contradicts: [stated] });
    const active = { indicator: 'pipas-active' };
    expect(of('pipa-active-pipa')).toMatchObject({ value: 30, recounts: [{ ...active, recount: 36, agrees: false }] });
    expect(of('pipa-active-pipa-2021')).toMatchObject({ value: 30, recounts: [{ ...active, recount: 35, agrees: false }] });
    expect(of('pipa-ibero-american-cooperation-programmes-2016')!.recounts).toMatchObject([
      { ...active, recount: 29, agrees: true },
      { indicator: 'pipas-programmes', recount: 24, agrees: false },
    ]);
    // Of one programme alone, narrowed to it.
    expect(of('pipa-iberescena-member-countries-stated-count-2023')).toMatchObject({
      ...{ value: 17, where: [{ dimension: 'pipa', is: 'iberescena' }] },
      recounts: [{ indicator: 'pipa-memberships', asOf: '2023-12-31', recount: 19, agrees: false }],
    });
  });

  it('says of every published figure what it is held against, or why nothing is counted against it', async () => {
    const { claims } = await follow<Claims>('/v1/claim-register');
    expect(claims.filter(({ id }) => !id.startsWith('pipa-'))).toHaveLength(47);
    expect(claims.filter(({ id }) => id.startsWith('pipa-'))).toHaveLength(236);
    for (const { id, recounts, notCountable } of claims) expect([id, recounts.length > 0]).toEqual([id, notCountable === undefined]);
  });
});
