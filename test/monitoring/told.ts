import type { Pool } from 'pg';
import type { Touched } from '../../src/engine/read-model';
import { asItIs } from '../../src/engine/runner-tables';
import { inForce, isCorrection, type Stored } from '../../src/kernel/history';
import { facts } from '../../src/monitoring/facts';
import { idOf, kindOf, type Recorded } from '../../src/store/port';
import { dataSet, type Happening, pairing, party } from './cooperation';

const lifecycles = { pairing, party, dataSet };

/** A correction of what was recorded at a revision. */
export type Correction =
  | { readonly type: 'FactRetracted'; readonly data: { readonly revision: number } }
  | { readonly type: 'FactCorrected'; readonly data: { readonly revision: number; readonly data: unknown; readonly occurredOn: string } };
export type Step = Happening | Correction;

/** A log as an officer fills it, a second between one command and the next, and the facts read from it. */
export class Told {
  readonly log: Recorded[] = [];
  private read = 0;
  private commands = 0;
  /** What is recorded from now on belongs to this import. */
  correlationId = 'no import';

  constructor(private readonly pool: Pool) {}

  /** Records what one command says on a stream; the instant of recording. */
  records(stream: string, ...steps: readonly Step[]): string {
    const recordedAt = this.instant(this.commands);
    const commandId = `command ${this.commands++}`;
    for (const step of steps) {
      this.log.push({
        id: `${stream}@${this.of(stream).length}`,
        type: step.type,
        data: { ...step.data },
        metadata: {
          occurredOn: 'occurredOn' in step ? step.occurredOn : recordedAt.slice(0, 10),
          actor: 'officer',
          roles: ['programme-officer'],
          commandId,
          commandHash: '',
          correlationId: this.correlationId,
        },
        stream,
        revision: this.of(stream).length,
        position: BigInt(this.log.length * 3 + 1),
        recordedAt,
      });
    }
    return recordedAt;
  }

  instant(command: number): string {
    return new Date(Date.parse('2021-03-01T12:00:00.000Z') + command * 1000).toISOString();
  }
  of(stream: string, upTo = this.log.length): readonly Recorded[] {
    return this.log.slice(0, upTo).filter((event) => event.stream === stream);
  }

  /** Brings the facts up to date; a batch ends only where a command does. */
  async reads(batchSize = 1000): Promise<void> {
    while (this.read < this.log.length) {
      const from = this.read;
      let to = Math.min(from + batchSize, this.log.length);
      while (to < this.log.length && this.log[to]!.metadata.commandId === this.log[to - 1]!.metadata.commandId) to++;
      this.read = to;
      const batch = this.log.slice(from, to);
      const touched = [...new Set(batch.map(({ stream }) => stream))].map((stream): Touched => {
        const recorded = this.of(stream, to);
        const history = recorded.map(stored);
        const events = batch.filter((event) => event.stream === stream);
        return {
          lifecycle: lifecycles[kindOf(stream) as keyof typeof lifecycles],
          stream,
          id: idOf(stream),
          events,
          recorded,
          history,
          standing: inForce(history),
          corrected: events.some(isCorrection),
        };
      });
      const client = await this.pool.connect();
      try {
        await client.query('begin');
        await facts.apply({ touched, upTo: batch.at(-1)!.position, book: () => undefined, table: asItIs }, client);
        await client.query('commit');
      } finally {
        client.release();
      }
    }
  }
}

export const stored = ({ type, data, revision, recordedAt, metadata: { occurredOn, actor, roles, commandId } }: Recorded): Stored => ({
  type,
  data,
  revision,
  recordedAt,
  occurredOn,
  actor,
  roles,
  commandId,
});
