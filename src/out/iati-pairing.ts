import { lastDay } from '../kernel/partial-date';
import type { RuleBook } from '../kernel/rules';
import type { Pairing } from '../lifecycles/pairing-parts';
import type { Course } from '../parts/course';
import type { themes } from '../parts/themes-of-c1';
import { nameOf, type Identity } from '../parts/party-identity';
import { durationsOn } from '../reading/board-durations';
import { boardPairingIn, type BoardPairing } from '../reading/board-row';
import type { Activity, ActivityDate, LinkedDocument } from './iati-activity';
import { inThree, says } from './iati-words';
import type { KnownThing } from './known-things';

/** A party as it was known. */
export type KnownParty = Extract<Identity, { readonly phase: 'registered' }>;

const localGovernment = 11;
const typeOf: Readonly<Record<KnownParty['registration']['kind'], number | undefined>> = {
  ...{ city: localGovernment, 'city-set': localGovernment, consortium: localGovernment, region: localGovernment },
  ...{ 'provincial-council': localGovernment, country: 10, network: undefined, organisation: undefined },
};

/** OECD-DAC: urban development and management; environmental policy; multisector aid. */
const sectors: Readonly<Record<string, string>> = { C1: '43030', C2: '41010', C3: '43010' };
export const sectorOf = (component: string): string => sectors[component] ?? '43010';

type Theme = (typeof themes)[number];
type Phase = Exclude<Course['phase'], 'absent'>;
const status: Readonly<Record<Phase, Activity['status']>> = {
  ...{ formed: 'pipeline', running: 'implementation', completed: 'closed', 'ended-without-agreement': 'closed' },
  ...{ withdrawn: 'cancelled', terminated: 'cancelled', dissolved: 'cancelled' },
};
const statusOf = (phase: Phase, { suspendedSince }: BoardPairing, supportEndsOn: string | undefined, asOf: string): Activity['status'] => {
  if (phase === 'running' && suspendedSince !== undefined) return 'suspended';
  return phase === 'running' && supportEndsOn !== undefined && supportEndsOn < asOf ? 'finalisation' : status[phase];
};

const datesOf = ({ kickedOffOn, formedOn, endedOn }: BoardPairing, supportEndsOn: string | undefined): readonly ActivityDate[] => [
  kickedOffOn === undefined ? { is: 'planned-start', on: formedOn, note: says.formedThen } : { is: 'actual-start', on: kickedOffOn },
  ...(supportEndsOn === undefined ? [] : [{ is: 'planned-end' as const, on: supportEndsOn, note: says.supportEnds }]),
  ...(endedOn === undefined ? [] : [{ is: 'actual-end' as const, on: endedOn }]),
];

/** What was allocated in each calendar year, in each currency. */
const budgetsOf = ({ budget }: Pairing): Activity['budgets'] => {
  const sums = new Map<string, number>();
  for (const { on, currency, amountMinor } of budget.allocations) {
    const key = `${on.slice(0, 4)} ${currency}`;
    sums.set(key, (sums.get(key) ?? 0) + amountMinor);
  }
  return [...sums]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, amountMinor]) => {
      const [year, currency] = key.split(' ') as [string, string];
      return { year, currency, amountMinor };
    });
};

const transactionsOf = ({ budget }: Pairing): Activity['transactions'] =>
  [
    ...budget.allocations.map(({ line, amountMinor, currency, on }) => ({
      ...{ is: 'commitment' as const, about: says.line(line), amountMinor, currency, on },
    })),
    ...budget.expenses.map(({ line, amountMinor, currency, on }) => ({
      ...{ is: 'expenditure' as const, about: says.line(line), amountMinor, currency, on },
    })),
  ].toSorted((one, other) => (lastDay(one.on) < lastDay(other.on) ? -1 : lastDay(one.on) > lastDay(other.on) ? 1 : 0));

const documentsOf = ({ plan, agreements }: Pairing): readonly LinkedDocument[] => [
  ...Object.entries(plan.versions).flatMap(([version, { documents = [] }]) =>
    documents.map((document) => ({ document, title: says.plan(version), category: 'objectives' as const })),
  ),
  ...Object.entries(agreements).flatMap(([agreement, { copies = {} }]) =>
    Object.values(copies).map((document) => ({ document, title: says.agreement(agreement), category: 'memorandum' as const })),
  ),
];

export interface PairingOn {
  readonly asOf: string;
  readonly book: RuleBook;
  readonly illustrative: boolean;
  readonly parties: ReadonlyMap<string, KnownParty>;
  /** The component of a programme that its call names. */
  readonly parent?: string | undefined;
}

/** A pairing; nothing where it was not formed by then. */
export const pairingActivity = (
  { id, stood }: KnownThing,
  { asOf, book, illustrative, parties, parent }: PairingOn,
): Activity | undefined => {
  const state = stood.folded.state as Pairing;
  const board = boardPairingIn(id, state, stood.standing, book);
  if (!board || state.course.phase === 'absent') return undefined;
  const { supportEndsOn } = durationsOn(board, asOf);
  const sides = board.sides.map(({ parties: members }) => members.map((party) => ({ party, known: parties.get(party) })));
  const names = sides.map((members) => members.map(({ party, known }) => (known ? nameOf(known) : party)).join(', '));
  const known = sides.flat().flatMap((each) => (each.known ? [each.known] : []));
  return {
    ...{ id: `pairing-${id}`, hierarchy: parent === undefined ? 1 : 3, updatedAt: stood.recorded.at(-1)!.recordedAt, illustrative },
    title: names.join(' – '),
    description: says.pairing(board.component),
    organisations: sides.flat().map(({ party, known: one }) => ({
      ...{ role: 'implementing', name: one ? nameOf(one) : party, type: one && typeOf[one.registration.kind] },
    })),
    status: statusOf(state.course.phase, board, supportEndsOn, asOf),
    dates: datesOf(board, supportEndsOn),
    countries: [...new Set(known.flatMap(({ registration }) => registration.countries))].toSorted(),
    sector: sectorOf(board.component),
    themes: (board.themes as readonly Theme[]).map((code) => ({ code, name: inThree(code) })),
    budgets: budgetsOf(state),
    transactions: transactionsOf(state),
    documents: documentsOf(state),
    related: parent === undefined ? [] : [{ is: 'parent', id: parent }],
    results: [],
  };
};
