import { lifecycles } from '../../src/lifecycles/all';
import { boot, type Booted } from './booted';

interface Described {
  readonly paths: Readonly<Record<string, { readonly get?: { readonly parameters?: readonly { readonly name: string }[] } }>>;
}

describe('a time axis that an address does not follow', () => {
  let booted: Booted;
  beforeAll(async () => {
    booted = await boot({ lifecycles });
  });
  afterAll(() => booted.close());

  it('is refused wherever it is not documented, never answered of today', async () => {
    const { paths } = (await booted.as('admin').get('/openapi.json').expect(200)).body as Described;
    const reads = Object.entries(paths).filter(([path, { get }]) => path.startsWith('/v1/') && get !== undefined);
    expect(reads.length).toBeGreaterThan(40);
    const silent: unknown[] = [];
    for (const axis of ['asOf', 'knownAt'] as const)
      for (const [path, { get }] of reads) {
        if (get!.parameters?.some(({ name }) => name === axis)) continue;
        const there = path
          .replace('persons/{id}', 'persons/00000000-0000-4000-8000-000000000000')
          .replace('{digest}', '0'.repeat(64))
          .replace('{id}', 'somewhere');
        const answer = await booted.as('admin').get(`${there}?${axis}=2019-01-01`);
        if (answer.status !== 400 || (answer.body as { code: string }).code !== 'AS_OF_NOT_OFFERED') silent.push([path, axis, answer.body]);
      }
    expect(silent).toEqual([]);
  });
});
