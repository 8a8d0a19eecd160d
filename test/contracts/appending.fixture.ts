import { MemoryStore } from '../../src/store/memory';
import type { NewEvent } from '../../src/store/port';

// Run by `published.spec.ts`: its first test has to fail by what it appends, though nobody looks.
const event = (data: NewEvent['data'], type = 'ThemeAgreed'): NewEvent => ({
  id: '5b0d9f0a-3a77-4c1c-8d0c-0b8a1a7e2c44',
  type,
  data,
  metadata: { occurredOn: '2018', actor: 'officer', roles: [], commandId: 'c', commandHash: 'h', correlationId: 'c' },
});
const append = async (one: NewEvent) => {
  await new MemoryStore({ now: () => new Date('2021-01-01T12:00:00Z') }).append('pairing-one', [one], 'none').catch(() => undefined);
};

it('appends another shape', () => append(event({ theme: 1 })));
it('appends what is published', () => append(event({ theme: 'housing' })));
it('appends what only tests know', () => append(event({ theme: 1 }, 'Imagined')));
