import type { Pool } from 'pg';
import type { Touched } from '../engine/read-model';
import type { RuleBook } from '../kernel/rules';
import { application } from '../lifecycles/application';
import { call } from '../lifecycles/call';
import { deadlineOf } from '../parts/call-course';
import type { Migration } from '../store/migrate';
import { mineOf } from './assignments';
import { pageById } from './by-id';
import { type Page, type Paging, shownAs } from '../engine/page';
import { rowsPerStream, stateOf, type Table } from './rows-per-stream';

export const callsMigration: Migration = {
  name: 'reading-4-calls',
  sql: `
    create schema if not exists reading;
    create table reading.calls (
      stream text collate "C" primary key,
      id text collate "C" not null unique,
      component text collate "C" not null,
      phase text collate "C" not null,
      shown jsonb not null
    );
    create index calls_by_component on reading.calls (component, id);
    create index calls_by_phase on reading.calls (phase, id);

    create table reading.applications (
      stream text collate "C" primary key,
      id text collate "C" not null unique,
      call text collate "C" not null,
      party text collate "C" not null,
      phase text collate "C" not null,
      shown jsonb not null
    );
    create index applications_by_call on reading.applications (call, phase, id);
    create index applications_by_party on reading.applications (party, id);
  `,
};

export interface CallEntry {
  readonly id: string;
  readonly title: string;
  /** The programme it belongs to, where it names one. */
  readonly programme?: string;
  readonly component: string;
  readonly round: number;
  readonly phase: string;
  readonly rules: string;
  readonly openedOn: string;
  /** As it was extended; a wall-clock time in `timeZone`. */
  readonly deadline: string;
  readonly timeZone: string;
  readonly extensions: number;
  readonly themes: readonly string[];
  readonly endedOn?: string;
  /** How many applications are in each phase. */
  readonly applications: Readonly<Record<string, number>>;
}
type KeptCall = Omit<CallEntry, 'applications'>;

export interface ApplicationEntry {
  readonly id: string;
  readonly call: string;
  readonly party: string;
  readonly side: string;
  readonly component: string;
  readonly phase: string;
  readonly themes: readonly string[];
  readonly decisions: readonly { readonly outcome: string; readonly decidedBy: string; readonly on: string; readonly revokedOn?: string }[];
  readonly withdrawnOn?: string;
}

const callOf = (touched: Touched, book: RuleBook): KeptCall | undefined => {
  const { call: state } = stateOf(call, touched, book);
  if (state.phase === 'absent') return undefined;
  const { title, component, round, rules, timeZone, themes = [], programme } = state.opening;
  return {
    ...{ id: touched.id, title, component, round, phase: state.phase, rules, openedOn: state.openedOn },
    ...{ deadline: deadlineOf(state), timeZone, extensions: state.extensions.length, themes },
    ...(programme !== undefined && { programme }),
    ...('endedOn' in state ? { endedOn: state.endedOn } : {}),
  };
};

const applicationOf = (touched: Touched, book: RuleBook): ApplicationEntry | undefined => {
  const { application: state } = stateOf(application, touched, book);
  if (state.phase === 'absent') return undefined;
  const { call, party, side, component, themes } = state.submission;
  const decisions = state.decisions.map(({ outcome, decidedBy, on, revoked }) => ({
    outcome,
    decidedBy,
    on,
    ...(revoked && { revokedOn: revoked.on }),
  }));
  return {
    ...{ id: touched.id, call, party, side, component, phase: state.phase, themes, decisions },
    ...(state.phase === 'withdrawn' ? { withdrawnOn: state.withdrawnOn } : {}),
  };
};

const calls: Table = {
  name: 'reading.calls',
  kinds: [call.name],
  rows: (touched, book) => {
    const shown = callOf(touched, book);
    if (!shown) return [];
    const { id, component, phase, programme = null } = shown;
    return [{ stream: touched.stream, id, component, phase, shown, programme }];
  },
};
const applications: Table = {
  name: 'reading.applications',
  kinds: [application.name],
  rows: (touched, book) => {
    const shown = applicationOf(touched, book);
    return shown ? [{ stream: touched.stream, id: shown.id, call: shown.call, party: shown.party, phase: shown.phase, shown }] : [];
  },
};

/** Calls and the applications that answer them; one read model, so that counts and lists agree. */
export const callsModel = rowsPerStream('calls', [calls, applications]);

const withCounts = `select c.shown, coalesce(a.counts, '{}') as counts from reading.calls c
  left join lateral (
    select jsonb_object_agg(phase, number) as counts
    from (select phase, count(*) as number from reading.applications where call = c.id group by phase) by_phase
  ) a on true`;
interface CallRow {
  readonly shown: KeptCall;
  readonly counts: Readonly<Record<string, number>>;
}
const entryOf = ({ shown, counts }: CallRow): CallEntry => ({ ...shown, applications: counts });

export interface CallsQuestion extends Paging {
  readonly component?: string;
  readonly phase?: string;
  /** Only what this account is responsible for, or assesses. */
  readonly mine?: string;
}
export interface ApplicationsQuestion extends Paging {
  readonly call?: string;
  readonly party?: string;
  readonly phase?: string;
  /** Only what this account is responsible for, or assesses. */
  readonly mine?: string;
}

/** Calls, and who answered them. */
export class Calls {
  constructor(private readonly pool: Pool) {}

  async page({ component, phase, mine, ...paging }: CallsQuestion): Promise<Page<CallEntry>> {
    const found = await pageById<CallRow>(this.pool, withCounts, paging, [
      ['component = ?', component],
      ['phase = ?', phase],
      mineOf('call', mine),
    ]);
    return shownAs(found, entryOf);
  }

  async one(id: string): Promise<CallEntry | undefined> {
    const { rows } = await this.pool.query<CallRow>(`${withCounts} where id = $1`, [id]);
    return rows[0] && entryOf(rows[0]);
  }

  async applications({ call, party, phase, mine, ...paging }: ApplicationsQuestion): Promise<Page<ApplicationEntry>> {
    const found = await pageById<{ shown: ApplicationEntry }>(this.pool, 'select shown from reading.applications', paging, [
      ['call = ?', call],
      ['party = ?', party],
      ['phase = ?', phase],
      mineOf('application', mine),
    ]);
    return shownAs(found, ({ shown }) => shown);
  }
}
