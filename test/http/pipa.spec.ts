import supertest from 'supertest';
import { mintDevToken } from '../../src/http/dev-issuer';
import type { Role } from '../../src/kernel/fields';
import { served } from './served';

interface Figure {
  readonly value: number | null;
  readonly groups?: readonly { readonly is: string | null; readonly value: number }[];
}
interface Told {
  readonly state: { readonly course: { readonly countries: readonly unknown[]; readonly alert?: object } };
}

describe('programmes over HTTP', () => {
  const { home, base } = served();
  const as = async (role: Role) => supertest.agent(base()).set('Authorization', `Bearer ${await mintDevToken({ home, role })}`);
  let officer: Awaited<ReturnType<typeof as>>;
  let evaluator: Awaited<ReturnType<typeof as>>;
  let seen = '0.0';
  const give = async (address: string, body: object, headers: Readonly<Record<string, string>> = {}) => {
    const answer = await officer.post(`/v1/${address}`).set(headers).send(body).expect(201);
    seen = answer.headers['puente-position'] ?? seen;
    return answer.body as { readonly events: readonly { readonly type: string; readonly revision: number }[] };
  };
  const read = async <Answer>(address: string, query: object = {}) =>
    (await evaluator.get(address).query(query).set('Puente-Position', seen).set('Prefer', 'wait=20').expect(200)).body as Answer;
  const words = (text: string) => ({ en: text, es: text, pt: text });
  const source = 'A page of 2010';

  beforeAll(async () => {
    [officer, evaluator] = await Promise.all([as('programme-officer'), as('evaluator')]);
    await give('parties/segib/register-party', { name: 'SEGIB', kind: 'organisation', countries: [], occurredOn: '2003' });
    for (const [id, countries] of [
      ['ibermuseos', ['AR', 'BR', 'CL']],
      ['iberescena', ['AR', 'BR', 'ES', 'MX']],
      ['ibervideojuegos', ['UY', 'CO', 'PE']],
    ] as const) {
      await give(`pipas/${id}/register-pipa`, { name: id, kind: 'initiative', area: 'culture', occurredOn: '2007' });
      await give(`pipas/${id}/list-countries`, { countries, source, occurredOn: '2010' });
      await give(`pipas/${id}/approve-pipa`, { occurredOn: '2007' });
    }
    await give('paccis/second/open-pacci', { name: 'II PACCI', fromYear: 2019, occurredOn: '2018-11' });
    const line = 'culture-sustainable-development';
    for (const pipa of ['ibermuseos', 'iberescena']) await give('paccis/second/assign-pipa-to-line', { line, pipa, occurredOn: '2019' });
    await give('paccis/second/assign-pipa-to-line', { line: 'gender-equality', pipa: 'ibermuseos', occurredOn: '2019' });
  });

  it('roll up to the lines of the action plan: each country of a line counts once', async () => {
    const counting = {
      ...{ aggregation: 'joined', measure: 'pacci-assignments' },
      through: { measure: 'pipa-members', of: 'dimension', dimension: 'country' },
    };
    await give('indicator-definitions/countries-of-lines/define-indicator', {
      ...{ version: 1, label: words('Countries of a line'), unit: words('countries'), level: 'outcome', counting },
      ...{ rule: 'Countries of what is on a line.', source: 'This specification (2026)', occurredOn: '2020' },
    });
    const { value, groups } = await read<Figure>('/v1/indicators/countries-of-lines', { asOf: '2020-12-31', by: 'line' });
    expect([value, groups?.map(({ is, value }) => [is, value])]).toEqual([
      5,
      [
        ['culture-sustainable-development', 5],
        ['gender-equality', 3],
      ],
    ]);
  });

  it('are below their minimum by themselves once a correction leaves too few countries', async () => {
    const told = await read<Told>('/v1/pipas/ibermuseos');
    expect(told.state.course.countries).toHaveLength(3);
    expect(told.state.course).not.toHaveProperty('alert');
    const because = { authority: 'segib', reason: 'Another programme' };
    await give('pipas/ibermuseos/correct', { retract: [{ revision: 3, only: true }], ...because }, { 'If-Match': '"4"' });
    let after = await read<Told>('/v1/pipas/ibermuseos');
    for (let tries = 0; after.state.course.alert === undefined && tries < 100; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      after = await read<Told>('/v1/pipas/ibermuseos');
    }
    expect(after.state.course.countries).toHaveLength(2);
    expect(after.state.course.alert).toEqual({ minimum: 3, members: 2, on: '2010' });
  });
});
