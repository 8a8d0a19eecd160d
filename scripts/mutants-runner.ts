import type { Mutant } from './mutants';

const leases = 'src/engine/leases.ts';
const checkpoints = 'src/engine/checkpoints.ts';
const skips = 'src/engine/skips.ts';
const intake = 'src/engine/runner-intake.ts';
const parking = 'src/engine/runner-parking.ts';
const filling = 'src/engine/runner-rebuild.ts';
const tail = 'src/engine/runner-tail.ts';
const runner = 'test/engine/runner.spec.ts';
const held = 'test/engine/leases.spec.ts';
const faults = 'test/engine/runner-faults.spec.ts';
const crashes = 'test/engine/runner-crashes.spec.ts';
const rebuild = 'test/engine/rebuild.spec.ts';
const tails = 'test/engine/runner-tail.spec.ts';

const moving =
  'const write = (how: Write) => this.write(lease, loaded, how, (transaction) => moveCheckpoint(transaction, counted, after, upTo));';

export const runnerMutants: readonly Mutant[] = [
  {
    name: 'a lease that is not looked at',
    breaks: 'An owner that wakes late writes rows beside the one that took over.',
    edits: [{ file: leases, from: '      if (held.rowCount === 0) throw new LeaseLost(name);\n', to: '' }],
    specs: [runner],
    named: 'cannot commit a row under an outdated token',
  },
  {
    name: 'a lease without its token',
    breaks: 'An owner that wakes late takes the lease of the one that took over for its own.',
    edits: [
      {
        file: leases,
        from: `'select from engine.lease where name = $1 and token = $2 for no key update', [name, token]`,
        to: `'select from engine.lease where name = $1 for no key update', [name]`,
      },
    ],
    specs: [runner],
    named: 'cannot commit a row under an outdated token',
  },
  {
    name: 'a token that does not rise',
    breaks: 'Who takes over has the token of the one before, and nothing tells them apart.',
    edits: [{ file: leases, from: 'set owner = $2, token = token + 1,', to: 'set owner = $2, token = token,' }],
    specs: [runner],
    named: 'several processes',
  },
  {
    name: 'a lease that is taken from the living',
    breaks: 'Processes take the lease from each other all the time.',
    edits: [{ file: leases, from: 'where name = any($1) and until < clock_timestamp() order by', to: 'where name = any($1) order by' }],
    specs: [runner],
    named: 'several processes',
  },
  {
    name: 'a lease that is looked at and not held',
    breaks: 'Somebody takes over between the look and the commit, and both write.',
    edits: [{ file: leases, from: `token = $2 for no key update', [name, token]`, to: `token = $2', [name, token]` }],
    specs: [held],
    named: 'wait for a transaction that was begun under the lease',
  },
  {
    name: 'locks that a frozen owner keeps',
    breaks: 'A process that stands still in a transaction keeps the others from its read models for ever.',
    edits: [{ file: leases, from: '; set local idle_in_transaction_session_timeout = ${Math.ceil(this.life * 0.8)}', to: '' }],
    specs: [held],
    named: 'are freed of the locks',
  },
  {
    name: 'a heartbeat that takes back',
    breaks: 'An owner that wakes late prolongs the lease of another and does not hear that it lost its own.',
    edits: [{ file: leases, from: 'l.name = mine.name and l.token = mine.token)`', to: 'l.name = mine.name)`' }],
    specs: [runner],
    named: 'cannot commit a row under an outdated token',
  },
  {
    name: 'the checkpoint first',
    breaks: 'A process that dies between the two leaves events out for ever.',
    edits: [
      {
        file: intake,
        from: moving,
        to: `await this.from.leases.whileHolding(lease, (transaction) => moveCheckpoint(transaction, counted, after, upTo));
    const write = (how: Write) => this.write(lease, loaded, how, () => Promise.resolve());`,
      },
    ],
    specs: [runner, faults],
    named: 'does not come to its end|takes in every event once, sets aside',
  },
  {
    name: 'the checkpoint last, by itself',
    breaks: 'A process that dies between the two takes events in twice.',
    edits: [
      {
        file: intake,
        from: moving,
        to: `const write = async (how: Write) => {
      await this.write(lease, loaded, how, () => Promise.resolve());
      await this.from.leases.whileHolding(lease, (transaction) => moveCheckpoint(transaction, counted, after, upTo));
    };`,
      },
    ],
    specs: [faults],
    named: 'takes in every event once, sets aside',
  },
  {
    name: 'a checkpoint that is moved from anywhere',
    breaks: 'What a rebuild moved is moved back, or over events that nobody took in.',
    edits: [{ file: checkpoints, from: 'version = $3 and position = $4', to: 'version = $3 and $4::bigint is not null' }],
    specs: ['test/engine/checkpoints.spec.ts'],
  },
  {
    name: 'events that do not concern it passed from anywhere',
    breaks: 'The same where nothing matched.',
    edits: [{ file: checkpoints, from: 'and c.position = $4 returning', to: 'and $4::bigint is not null returning' }],
    specs: ['test/engine/checkpoints.spec.ts'],
  },
  {
    name: 'events that do not concern it passed without the lease',
    breaks: 'An owner that wakes late moves the checkpoint of the one that took over.',
    edits: [{ file: checkpoints, from: 'name = $6 and token = $7 for', to: 'name = $6 and $7::bigint is not null for' }],
    specs: ['test/engine/checkpoints.spec.ts'],
  },
  {
    name: 'passed together from anywhere',
    breaks: 'Where read models pass events together, one goes on from where a rebuild did not leave it.',
    edits: [{ file: skips, from: ' and c.position = h.passed_from', to: '' }],
    specs: ['test/engine/checkpoints.spec.ts'],
  },
  {
    name: 'passed together without the lease',
    breaks: 'Where read models pass events together, an owner that wakes late is among them.',
    edits: [{ file: skips, from: ' and l.token = a.token', to: '' }],
    specs: ['test/engine/checkpoints.spec.ts'],
  },
  {
    name: 'passed together, and all wait',
    breaks: 'Whoever writes under one lease holds up all read models of a process.',
    edits: [{ file: skips, from: ' skip locked', to: '' }],
    specs: ['test/engine/checkpoints.spec.ts'],
  },
  {
    name: 'positions of another store',
    breaks: 'After a restore a read model goes on at a position that means other events.',
    edits: [{ file: checkpoints, from: '  if (row.epoch !== epoch) throw new EpochChanged(name, row.epoch, epoch);\n', to: '' }],
    specs: [runner],
    named: 'another epoch',
  },
  {
    name: 'a parked stream that goes on',
    breaks: 'What comes after an event that could not be handled is taken in before it.',
    edits: [{ file: intake, from: 'touched.filter(({ stream }) => !waiting.has(stream));', to: 'touched;' }],
    specs: [runner],
    named: 'until it is tried from where it stopped',
  },
  {
    name: 'half of an event that was parked',
    breaks: 'What a handler wrote before it threw stays.',
    edits: [{ file: parking, from: "    await transaction.query('rollback to savepoint attempt');\n", to: '' }],
    specs: [runner],
    named: 'a poisoned stream',
  },
  {
    name: 'an attempt that counts afterwards',
    breaks: 'What ends the process is tried again by every one that comes after it.',
    edits: [
      {
        file: intake,
        from: '    await this.from.leases.whileHolding(lease, (transaction) => beginAttempt(transaction, parkedAs, stream));\n',
        to: '',
      },
      {
        file: intake,
        from: '      else await unpark(transaction, parkedAs, stream);\n    });\n',
        to: '      else await unpark(transaction, parkedAs, stream);\n    });\n    await this.from.leases.whileHolding(lease, (transaction) => beginAttempt(transaction, parkedAs, stream));\n',
      },
    ],
    specs: [crashes],
  },
  {
    name: 'an event that may end every process',
    breaks: 'However often a process ended of it, the next one tries it too.',
    edits: [{ file: 'src/engine/runner-worker.ts', from: 'if (attempts <= mostAttempts) await', to: 'if (attempts > 0) await' }],
    specs: [crashes],
  },
  {
    name: 'a rebuild that is behind when it is put in place',
    breaks: 'Rows that were there are gone until it has caught up.',
    edits: [
      { file: filling, from: '        if (theirs?.epoch === counted.epoch && theirs.position > mine!.position) return false;\n', to: '' },
    ],
    specs: [rebuild],
    named: 'while a read model is filled anew',
  },
  {
    name: 'a rebuild that waits for nobody',
    breaks: 'A batch that is committed in that moment goes with the rows that are thrown away, and is missing until it is taken in again.',
    edits: [{ file: filling, from: '        await this.standStill(transaction, now.key);\n', to: '' }],
    specs: [rebuild],
    named: 'while a read model is filled anew',
  },
  {
    name: 'a rebuild that begins again',
    breaks: 'Cut off in the middle, it loses what it had.',
    edits: [{ file: filling, from: '      if (isMine && (await isNextAlike(transaction, this.readModel.tables))) return;\n', to: '' }],
    specs: [rebuild],
    named: 'goes on where it stopped',
  },
  {
    name: 'a head that is read after the events',
    breaks: 'What is recorded between the two is passed over.',
    edits: [
      {
        file: tail,
        from: 'return { events, upTo: last > head ? last : head, more: false };',
        to: 'const now = await this.store.head();\n    return { events, upTo: last > now ? last : now, more: false };',
      },
    ],
    specs: [tails],
  },
  {
    name: 'a command that is seen in part',
    breaks: 'A read model shows what no decision ever made: half of what one command recorded.',
    edits: [{ file: tail, from: 'if (last && !together(last, delivery.event)) this.keepBegun();', to: 'if (last) this.keepBegun();' }],
    specs: [tails],
  },
];
