import type { Pool } from 'pg';
import type { Touched } from '../engine/read-model';
import { lasting, type Span } from '../kernel/spans';
import { call } from '../lifecycles/call';
import { pairing } from '../lifecycles/pairing';
import { programme } from '../lifecycles/programme';
import type { RuleBook } from '../kernel/rules';
import { assessorTerms } from '../parts/responsibility-assessors';
import { type Terms, termsOf } from '../parts/responsibility-terms';
import type { Migration } from '../store/migrate';
import type { Condition } from './by-id';
import { rootOf } from './merged-parties';
import { rowsPerStream, stateOf, type Table } from './rows-per-stream';

export const assignmentsMigration: Migration = {
  name: 'reading-11-assignments',
  sql: `
    -- Who is assigned to what and was not released since.
    create table reading.assignments (
      stream text collate "C" not null,
      kind text collate "C" not null,
      id text collate "C" not null,
      account text collate "C" not null,
      "as" text collate "C" not null,
      since text collate "C" not null,
      -- Of an assessor: the party they belong to.
      party text collate "C",
      primary key (stream, "as", account)
    );
    create index assignments_by_account on reading.assignments (account, kind, "as", id);

    -- Calls are filled again, each with its programme.
    delete from reading.calls;
    delete from reading.applications;
    delete from engine.checkpoint where name = 'read-model calls';
    alter table reading.calls add column programme text collate "C";
    create index calls_by_programme on reading.calls (programme, id);
  `,
};

interface Row {
  readonly account: string;
  readonly as: 'officer' | 'assessor';
  readonly since: string;
  readonly party?: string;
}

const officersIn = (terms: Terms): readonly Row[] =>
  Object.keys(terms).flatMap((account) => {
    const term = lasting(termsOf(terms, account));
    return term ? [{ account, as: 'officer' as const, since: term.from }] : [];
  });
const assessorsIn = (terms: Parameters<typeof assessorTerms>[0]): readonly Row[] =>
  Object.entries(terms).flatMap(([account, own]) => {
    const term: (Span & { readonly party?: string }) | undefined = lasting(own);
    return term ? [{ account, as: 'assessor' as const, since: term.from, ...(term.party !== undefined && { party: term.party }) }] : [];
  });

const assignedIn = (touched: Touched, book: RuleBook): readonly Row[] => {
  switch (touched.lifecycle.name) {
    case programme.name:
      return officersIn(stateOf(programme, touched, book).responsibility);
    case pairing.name:
      return officersIn(stateOf(pairing, touched, book).responsibility);
    default: {
      const { responsibility, assessors } = stateOf(call, touched, book);
      return [...officersIn(responsibility), ...assessorsIn(assessors)];
    }
  }
};

const table: Table = {
  name: 'reading.assignments',
  kinds: [programme.name, call.name, pairing.name],
  rows: (touched, book) =>
    assignedIn(touched, book).map((row) => ({ stream: touched.stream, kind: touched.lifecycle.name, id: touched.id, ...row })),
};

/** Who is responsible for what now, and who assesses. */
export const assignmentsModel = rowsPerStream('assignments', [table]);

const assigned = (kind: string, as: Row['as']) =>
  `reading.assignments mine where mine.account = ? and mine.kind = '${kind}' and mine.as = '${as}'`;
/** An array, so that they are looked up one by one, however many others there are. */
const among = (ids: string) => `= any (array(${ids}))`;
const callsAssessed = `select mine.id from ${assigned('call', 'assessor')}`;
/** The calls whose officer an account is, at the call or its programme. */
const callsOfOfficer = `select mine.id from ${assigned('call', 'officer')}
  union select c.id from reading.calls c where c.programme ${among(`select mine.id from ${assigned('programme', 'officer')}`)}`;
const partyOf = (id: string) => `coalesce(${rootOf(id)}, ${id})`;

const mine = {
  pairing: `select mine.id from ${assigned('pairing', 'officer')}
    union select b.id from reading.board b where b.call ${among(callsOfOfficer)}`,
  call: `${callsAssessed} union ${callsOfOfficer}`,
  application: `select a.id from reading.applications a where a.call ${among(callsOfOfficer)}
    union select a.id from reading.applications a where a.call ${among(callsAssessed)} and not exists (
      select from ${assigned('call', 'assessor')} and mine.id = a.call and ${partyOf('mine.party')} = ${partyOf('a.party')})`,
};

/** Only what an account is responsible for, or assesses; of what it assesses, not the applications of its own party, however often that is registered. */
export const mineOf = (kind: keyof typeof mine, account: string | undefined): Condition => [`id ${among(mine[kind])}`, account];

/** What accounts are assigned to. */
export class Assignments {
  constructor(private readonly pool: Pool) {}

  async of(account: string) {
    const { rows } = await this.pool.query<{ as: Row['as']; lifecycle: string; id: string; since: string }>(
      'select "as", kind as lifecycle, id, since from reading.assignments where account = $1 order by kind, id, "as"',
      [account],
    );
    return rows;
  }
}
