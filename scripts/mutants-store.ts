import type { Mutant } from './mutants';

const append = 'src/store/postgres-append.ts';
const batches = 'src/store/postgres-batches.ts';
const read = 'src/store/postgres-read.ts';
const subscription = 'src/store/subscription.ts';
const conformance = 'test/stores/conformance.spec.ts';
const postgres = 'test/stores/postgres.spec.ts';
const visibility = 'test/stores/postgres-visibility.spec.ts';

const clock = `date_trunc('milliseconds', clock_timestamp())`;
const positions = (count: string) =>
  `(select max(n) from (select nextval('store.positions') as n from generate_series(1, ${count})) taken)`;

export const storeMutants: readonly Mutant[] = [
  {
    name: 'positions from a sequence',
    breaks: 'Positions become visible in another order than they were drawn, and a reader passes one that is not committed yet.',
    edits: [
      {
        file: 'src/store/postgres-schema.ts',
        from: 'create table store.counter (',
        to: 'create sequence store.positions; create table store.counter (',
      },
      {
        file: append,
        from: `update store.counter c
  set position = c.position + t.total, recorded_at = greatest(c.recorded_at, ${clock})
  from (select sum(size) as total from won having count(*) > 0) t
  returning c.position - t.total as base, c.recorded_at`,
        to: `select ${positions('t.total')} - t.total as base, ${clock} as recorded_at
  from (select sum(size) as total from won having count(*) > 0) t`,
      },
      {
        file: append,
        from: `update store.counter c
  set position = c.position + $3, recorded_at = greatest(c.recorded_at, ${clock})
  from won
  returning c.position - $3 as base, c.recorded_at, won.number, won.revision`,
        to: `select ${positions('$3::int')} - $3::int as base, ${clock} as recorded_at, won.number, won.revision from won`,
      },
      {
        file: read,
        from: 'select position::text from store.counter',
        to: 'select coalesce(max(position), 0)::text as position from store.events',
      },
    ],
    specs: [visibility],
    named: 'is never an event of an append whose session ended|is nothing of what comes after',
  },
  {
    name: 'positions for all that ask',
    breaks: 'The counter moves also for appends whose expectation does not hold: positions have gaps.',
    edits: [
      {
        file: append,
        from: 'select sum(size) as total from won having count(*) > 0',
        to: 'select sum(size) as total from req having count(*) > 0',
      },
    ],
    specs: [conformance],
    named: 'with a database of its own .* appending at once',
  },
  {
    name: 'a stream twice in a batch',
    breaks: 'A statement sees each stream as it was when it began: one append is stored for another, and a stream begins in its middle.',
    edits: [
      { file: batches, from: 'batch.push(next);', to: 'batch.push(...this.waiting.get(next.stream)!);' },
      {
        file: batches,
        from: 'for (const { stream } of batch) this.leave(stream);',
        to: 'for (const stream of new Set(batch.map((each) => each.stream))) this.leave(stream, batch);',
      },
      { file: batches, from: 'private leave(stream: string): void', to: 'private leave(stream: string, batch: readonly Waiting[]): void' },
      { file: batches, from: 'queue.shift();', to: 'queue.splice(0, batch.filter((each) => each.stream === stream).length);' },
    ],
    specs: [conformance],
    named: 'with a database of its own .* (appending at once|its own answer)',
  },
  {
    name: 'a batch in no order',
    breaks: 'Two processes that write to the same streams wait for each other until the server ends one of them.',
    edits: [{ file: batches, from: 'return batch.sort((a, b) => (a.stream < b.stream ? -1 : 1));', to: 'return batch;' }],
    specs: [postgres],
    named: 'ever wait for each other',
  },
  {
    name: 'a time that falls, in a batch',
    breaks: 'Where the clock is set back, an event was recorded before the one in front of it.',
    edits: [
      {
        file: append,
        from: `c.position + t.total, recorded_at = greatest(c.recorded_at, ${clock})`,
        to: `c.position + t.total, recorded_at = ${clock}`,
      },
    ],
    specs: [conformance],
    named: 'with a database of its own .* set back',
  },
  {
    name: 'a time that falls, alone',
    breaks: 'The same for an append that is written by itself.',
    edits: [
      {
        file: append,
        from: `c.position + $3, recorded_at = greatest(c.recorded_at, ${clock})`,
        to: `c.position + $3, recorded_at = ${clock}`,
      },
    ],
    specs: [conformance],
    named: 'with a database of its own .* set back',
  },
  {
    name: 'another event taken for a repeat',
    breaks: 'Whoever lost against somebody else is told that they won, and their event is nowhere.',
    edits: [{ file: batches, from: ' && standing.ids.every((id, index) => id === events[index]!.id)', to: '' }],
    specs: [conformance],
    named: 'with a database of its own .* (repeat|one winner)',
  },
  {
    name: 'another event taken for a repeat, in memory',
    breaks: 'The same where a store holds its streams in memory.',
    edits: [
      {
        file: 'src/store/expectation.ts',
        from: 'ids.every((id, index) => idAt(before + 1 + index) === id)',
        to: 'ids.every((_, index) => idAt(before + 1 + index) !== undefined)',
      },
    ],
    specs: [conformance],
    named: 'the event store in memory (appending|appending at once) ',
  },
  {
    name: 'no repeat is known',
    breaks: 'A command whose answer was lost, and which is sent again, is told that somebody else was faster.',
    edits: [{ file: batches, from: 'if (standing?.position && ', to: 'if (!standing && ' }],
    specs: [postgres],
    named: 'a repeat',
  },
  {
    name: 'a batch refused as one',
    breaks: 'One event that cannot be stored makes everybody who was in its batch fail.',
    edits: [{ file: batches, from: 'if (batch.length === 1 || !isRefusal(error))', to: 'if (batch.length > 0)' }],
    specs: [postgres],
    named: 'makes nobody pay',
  },
  {
    name: 'a deadlock is an answer',
    breaks: 'A statement that the server rolled back in favour of another is not sent again.',
    edits: [{ file: batches, from: "!['40P01', '40001'].includes(error.code)", to: "!['40001'].includes(error.code)" }],
    specs: [visibility],
    named: 'written once',
  },
  {
    name: 'an isolation that the database chooses',
    breaks: 'Under repeatable read an append that waited for another is sent again and again.',
    edits: [{ file: append, from: 'transaction isolation level read committed, read write', to: 'transaction read write' }],
    specs: [postgres],
    named: 'on the disk',
  },
  {
    name: 'a commit that does not wait for the disk',
    breaks: 'An event that was acknowledged is lost where the machine stops.',
    edits: [{ file: append, from: '  `set synchronous_commit = on`,\n', to: '' }],
    specs: [postgres],
    named: 'on the disk',
  },
  {
    name: 'no answer taken for a no',
    breaks: 'Whoever gets no answer believes that nothing was written, decides again, and writes twice.',
    edits: [
      {
        file: 'src/store/postgres-connection.ts',
        from: 'throw new OutcomeUnknown(`PostgreSQL did not answer',
        to: 'throw new Unavailable(`PostgreSQL did not answer',
      },
    ],
    specs: [postgres],
    named: 'does not know when the connection breaks',
  },
  {
    name: 'a page that begins where the last one ended',
    breaks: 'A reader gets an event twice.',
    edits: [
      { file: read, from: 'where e.position > $1 order by e.position limit $2', to: 'where e.position >= $1 order by e.position limit $2' },
    ],
    specs: [conformance],
    named: 'with a database of its own .* reading pages',
  },
  {
    name: 'a filtered page that begins where the last one ended',
    breaks: 'The same for a reader with a filter.',
    edits: [{ file: read, from: '(i.class, i.position) > (w.number, $1)', to: '(i.class, i.position) >= (w.number, $1)' }],
    specs: [conformance],
    named: 'with a database of its own .* to whoever subscribes there',
  },
  {
    name: 'caught up at a head that is read last',
    breaks: 'What is recorded between the page and the head is passed over.',
    edits: [
      {
        file: subscription,
        from: 'if (head > seen) seen = head;',
        to: 'const last = await store.head();\n    if (last > seen) seen = last;',
      },
    ],
    specs: ['test/stores/subscription.spec.ts'],
  },
  {
    name: 'caught up after the first page',
    breaks: 'A subscriber that is far behind is told that this was all, and never gets the rest.',
    edits: [{ file: subscription, from: '    if (events.length === page) continue;\n', to: '' }],
    specs: [conformance],
    named: 'more than one page',
  },
  {
    name: 'caught up before the page',
    breaks: 'A subscriber is told that it has everything before it gets what was there.',
    edits: [
      {
        file: subscription,
        from: '    const events = head > seen ?',
        to: "    if (!told) yield { is: 'caught-up', position: head };\n    told = true;\n    const events = head > seen ?",
      },
    ],
    specs: [conformance],
    named: 'with a database of its own .* subscribing',
  },
];
