import { commandOutcomes } from '../engine/measured-execute';

/** What is measured, as Prometheus scrapes it. A table of `docs/operating.md` is made of it, and a test fails while they differ. */
export interface Measure {
  readonly name: string;
  readonly type: 'histogram' | 'counter' | 'gauge';
  readonly help: string;
  readonly labels: readonly string[];
  /** Upper bounds of a histogram. */
  readonly buckets?: readonly number[];
}

const quick = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export const measures = {
  append: {
    name: 'puente_append_seconds',
    type: 'histogram',
    help: 'Appends to the event store until they were answered, by outcome: written, conflict, refused, unanswered, unavailable',
    labels: ['outcome'],
    buckets: quick,
  },
  batch: {
    name: 'puente_append_batch_size',
    type: 'histogram',
    help: 'Appends that shared one statement (PostgreSQL)',
    labels: [],
    buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256],
  },
  commands: {
    name: 'puente_commands_total',
    type: 'counter',
    help: `Commands, by outcome: ${commandOutcomes.join(', ')}`,
    labels: ['outcome'],
  },
  http: {
    name: 'puente_http_request_seconds',
    type: 'histogram',
    help: 'Requests until they were answered, by method and class of status (2xx, 4xx, 5xx)',
    labels: ['method', 'status'],
    buckets: quick,
  },
  lag: {
    name: 'puente_projection_lag_events',
    type: 'gauge',
    help: 'Events that a read model has before it, by the head of the store',
    labels: ['projection'],
  },
  parked: { name: 'puente_parked_streams', type: 'gauge', help: 'Streams that a read model has set aside', labels: ['projection'] },
  heartbeat: {
    name: 'puente_lease_heartbeat_age_seconds',
    type: 'gauge',
    help: 'Since the holder of a lease gave a sign of life, whichever process that is; absent where nobody holds it',
    labels: ['lease'],
  },
  leases: {
    name: 'puente_lease_changes_total',
    type: 'counter',
    help: 'How often a lease changed hands, since it was first taken',
    labels: ['lease'],
  },
  tasks: {
    name: 'puente_tasks',
    type: 'gauge',
    help: 'What a policy or the calendar demands and is not done, by state: waiting, failed, refused',
    labels: ['by', 'state'],
  },
  deliveries: {
    name: 'puente_delivery_events',
    type: 'gauge',
    help: 'Events of subscriptions that were handed out and are not done, by state: in-hands, waiting (for their time, or behind another), parked',
    labels: ['state'],
  },
  failing: {
    name: 'puente_delivery_failing_subscriptions',
    type: 'gauge',
    help: 'Webhook subscriptions whose last attempts were in vain',
    labels: [],
  },
  attempts: {
    name: 'puente_delivery_attempts_total',
    type: 'counter',
    help: 'Events sent to endpoints by this process, by outcome: arrived, failed',
    labels: ['outcome'],
  },
  readers: { name: 'puente_event_stream_readers', type: 'gauge', help: 'Readers of server-sent events of this process', labels: [] },
  differences: {
    name: 'puente_selfcheck_differences',
    type: 'gauge',
    help: 'What the last `puente verify` found not to be as the log says: of the log, documents, figures, budgets, and each read model; absent before the first',
    labels: ['of'],
  },
  checkedAt: {
    name: 'puente_selfcheck_last_run_timestamp_seconds',
    type: 'gauge',
    help: 'When the last `puente verify` ended, in seconds since 1970; absent before the first',
    labels: [],
  },
} as const satisfies Readonly<Record<string, Measure>>;

/** Rows of Markdown. */
export const measuresTable = (): readonly string[] =>
  Object.values<Measure>(measures).map(
    ({ name, type, help, labels }) => `| \`${name}\` | ${type} | ${labels.map((label) => `\`${label}\``).join(', ') || '—'} | ${help} |`,
  );
