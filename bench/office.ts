import { NestFactory } from '@nestjs/core';
import { CommandBus } from '@nestjs/cqrs';
import { ruleSet } from '../data/iuc-lac/sources';
import { EngineModule } from '../src/engine/engine.module';
import { Execute, type Receipt } from '../src/engine/execute';
import { lifecycles } from '../src/lifecycles/all';
import type { Puente } from '../src/puente';

/** As many running pairings as there are callers at the most: no two callers write to one at once, and none grows beyond what pairings are. */
export const pairings = 128;

/** As many actors as a pairing has at the most: they come and go. */
const actorsOfEach = 20;

type Give = (kind: keyof typeof lifecycles, id: string, name: string, body: object, occurredOn?: string) => Promise<Receipt>;

const pairingsOf = async (give: Give, count: number): Promise<void> => {
  await give('ruleSet', 'bench', 'PublishRuleSet', ruleSet(50_000, 'benchmark'), '2017-01-01');
  await give('party', 'unit', 'RegisterParty', { name: 'Unit', kind: 'organisation', countries: [] }, '2017-01-01');
  await give(
    'call',
    'bench',
    'OpenCall',
    { title: 'Benchmark', component: 'C1', round: 1, rules: 'bench@1', deadline: '2017-06-30T23:59', timeZone: 'Europe/Brussels' },
    '2017-01-02',
  );
  const prepare = async (nth: number) => {
    const applications: string[] = [];
    for (const [side, country] of [
      ['european', 'ES'],
      ['latin-american', 'CO'],
    ] as const) {
      const id = `${side}-${nth}`;
      await give('party', id, 'RegisterParty', { name: id, kind: 'city', countries: [country] }, '2017-01-03');
      await give(
        'application',
        id,
        'SubmitApplication',
        { call: 'bench', party: id, side, themes: ['housing'], evidence: [] },
        '2017-02-01',
      );
      await give('application', id, 'CheckEligibility', {}, '2017-06-01');
      await give('application', id, 'SelectApplication', { decidedBy: 'unit', reason: 'benchmark' }, '2017-07-01');
      applications.push(id);
    }
    await give('pairing', `p-${nth}`, 'FormPairing', { applications }, '2017-08-01');
    await give('pairing', `p-${nth}`, 'KickOff', {}, '2017-09-01');
  };
  await Promise.all(Array.from({ length: count }, (_, nth) => prepare(nth)));
};

export interface Office {
  /** A whole command through the `CommandBus`, on one of the pairings: an actor is engaged, and released by the next. */
  engage(pairing: number): Promise<Receipt>;
  close(): Promise<void>;
}

/** An office with running pairings, and officers who record that actors were engaged. */
export const openOffice = async (puente: Puente): Promise<Office> => {
  const app = await NestFactory.createApplicationContext(EngineModule.with(puente.writing), { logger: false });
  const bus = app.get(CommandBus);
  const give: Give = (kind, id, name, body, occurredOn) =>
    bus.execute<Execute, Receipt>(
      new Execute(lifecycles[kind], id, name, body, {
        actor: 'bench',
        roles: ['programme-officer'],
        ...(occurredOn === undefined ? {} : { occurredOn }),
      }),
    );
  await pairingsOf(give, pairings);
  const given = new Map<number, number>();
  return {
    engage: (pairing) => {
      const nth = given.get(pairing) ?? 0;
      given.set(pairing, nth + 1);
      const actor = `actor-${Math.floor(nth / 2) % actorsOfEach}`;
      return nth % 2 === 0
        ? give('pairing', `p-${pairing}`, 'EngageActor', { actor, sector: 'private', side: 'european' }, '2017-10')
        : give('pairing', `p-${pairing}`, 'ReleaseActor', { actor }, '2017-10');
    },
    close: () => app.close(),
  };
};
