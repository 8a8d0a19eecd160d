import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Tail } from '../src/engine/runner-tail';
import { openPuente, timing } from '../src/puente';
import type { NewEvent } from '../src/store/port';
import { atLeast, inTurns, median, rate, ratio, type Measured, type Options } from './measure';
import { openOffice, pairings } from './office';
import type { Server } from './server';

const callers = 32;

/** Whole commands against appends of the events that they record, through the same store to as many streams that grow as long. */
export const commands = async (server: Server, log: (line: string) => void, { rounds, seconds }: Options): Promise<Measured> => {
  const puente = await openPuente({ home: join(server.home, 'commands'), databaseUrl: await server.database('commands'), log });
  const office = await openOffice(puente);
  const { store } = puente;
  // As in a server: what is recorded is heard, so that the streams which a command rests on need not be read again.
  const leaving = new AbortController();
  const following = new Tail(store, timing, puente.streams).follow(leaving.signal, (error) => log(String(error)));
  await office.engage(0);
  const { type, data, metadata } = (await store.read('pairing-p-0')).at(-1)!;
  const again = (): NewEvent => ({ id: randomUUID(), type, data, metadata: { ...metadata, commandId: randomUUID() } });
  const begun = await store.read('pairing-p-1');
  const revisions = Array.from({ length: pairings }, () => begun.length - 1);
  await Promise.all(
    revisions.map((_, nth) =>
      store.append(
        `pairing-bare-${nth}`,
        begun.map((event) => ({ ...event, id: randomUUID() })),
        'none',
      ),
    ),
  );
  const of = await inTurns(
    rounds,
    {
      bare: () =>
        rate(callers, seconds * 1000, async (caller, nth) => {
          const which = (caller + nth * callers) % pairings;
          revisions[which] = (await store.append(`pairing-bare-${which}`, [again()], revisions[which]!)).revision;
        }),
      commands: () => rate(callers, seconds * 1000, (caller, nth) => office.engage((caller + nth * callers) % pairings)),
    },
    (round, given) => log(`round ${round}: ${Math.round(given.commands)} commands/s, ${Math.round(given.bare)} bare appends/s`),
  );
  leaving.abort();
  await following;
  await office.close();
  await puente.close();
  return {
    ratios: [ratio('commands/s through the CommandBus ÷ bare appends of the same events, 32 callers', of.commands, of.bare, atLeast(0.6))],
    figures: [{ name: 'commands, 32 callers', value: Math.round(median(of.commands)), unit: '/s' }],
  };
};
