import type { Pool } from 'pg';
import type { Streams } from '../engine/streams';
import { BoardAsOf } from '../reading/board-as-of';
import type { BoardEntry } from '../reading/board-entry';
import { illustrating } from './illustrating';
import { type Standpoint, type Table, tableOf } from './table';

interface Row extends BoardEntry {
  readonly illustrative: boolean;
}
const side = ({ sides }: Row, which: string) => sides.find((each) => each.side === which)?.parties ?? [];
const ids = (row: Row, which: string) => joined(side(row, which).map(({ id }) => id));
const names = (row: Row, which: string) => joined(side(row, which).map(({ name }) => name));
const joined = (all: readonly string[]) => (all.length === 0 ? null : all.join('; '));
const concludedOn = ({ agreements }: Row) =>
  agreements.flatMap((each) => (each.kind === 'cooperation' && each.concludedOn !== undefined ? [each.concludedOn] : [])).toSorted()[0];

const pageSize = 100;
async function* pairingsOn(pool: Pool, board: BoardAsOf, on: Standpoint): AsyncGenerator<readonly Row[]> {
  let after: string | undefined;
  do {
    const page = await board.page({ after, limit: pageSize, language: on.language, axes: on });
    const marked = await illustrating(pool, page.items, on.position);
    yield page.items.map(({ id, entry }) => ({ ...entry, illustrative: marked.has(id) }));
    after = page.next;
  } while (after !== undefined);
}

/** Every pairing as it stood. */
export const pairingsTable = (pool: Pool, streams: Pick<Streams, 'history' | 'rules'>): Table =>
  tableOf<Row>({
    name: 'pairings',
    title: 'Pairings',
    description:
      'Every pairing as it stood, from its own events: dates are as they were recorded, known to the day, the month or the year.',
    key: ['pairing'],
    columns: {
      pairing: ['text', 'Pairing', 'Id of the pairing', ({ id }) => id],
      component: ['text', 'Component', 'The component of the programme', ({ component }) => component],
      call: ['text', 'Call', 'Id of its call', ({ call }) => call],
      rules: ['text', 'Rules', 'The rule set it is under, as id@version', ({ rules }) => rules],
      phase: ['text', 'Phase', 'Where it stands', ({ phase }) => phase],
      latinAmerican: ['text', 'Latin American side', 'Names of its parties', (row) => names(row, 'latin-american')],
      latinAmericanParties: ['text', 'Parties of the Latin American side', 'Their ids', (row) => ids(row, 'latin-american')],
      european: ['text', 'European side', 'Names of its parties', (row) => names(row, 'european')],
      europeanParties: ['text', 'Parties of the European side', 'Their ids', (row) => ids(row, 'european')],
      themes: ['text', 'Themes', 'What the sides work on together', ({ themes }) => joined(themes)],
      formedOn: ['date', 'Formed on', 'When it was formed', ({ formedOn }) => formedOn],
      kickedOffOn: ['date', 'Kicked off on', 'When its support began', (row) => row.kickedOffOn],
      supportEndsOn: ['day', 'Support ends on', 'The last day of support, with suspensions and extensions', (row) => row.supportEndsOn],
      endedOn: ['date', 'Ended on', 'When it ended, in whatever way', ({ endedOn }) => endedOn],
      missionsHeld: ['integer', 'Missions held', 'Virtual ones among them', ({ missions }) => missions.held],
      missionsVirtual: ['integer', 'Missions held virtually', 'Of those held', ({ missions }) => missions.virtual],
      plan: ['text', 'UCAP', 'How its latest version stands; none before the first draft', ({ plan }) => plan.status],
      planVersionsApproved: ['integer', 'UCAP versions approved', 'By both sides', ({ plan }) => plan.approvedVersions.length],
      pilotsDesigned: ['integer', 'Pilots designed', 'All that were ever designed', ({ pilots }) => pilots.list.length],
      pilotsFunded: ['integer', 'Pilots funded', 'Those that anything was paid to', ({ pilots }) => pilots.funded],
      pilotsCompleted: ['integer', 'Pilots completed', 'Of those designed', ({ pilots }) => pilots.completed],
      agreementConcludedOn: ['date', 'Agreement concluded on', 'The first cooperation agreement, by its last signature', concludedOn],
      networks: ['text', 'Networks', 'The thematic networks it is in', ({ networks }) => joined(networks.map(({ name }) => name))],
      nextStep: ['text', 'Next step', 'What comes next; empty where it has ended', ({ nextStep }) => nextStep?.step],
      illustrative: [
        'boolean',
        'Illustrative',
        'Something in force of it came with a data set that was declared illustrative',
        ({ illustrative }) => illustrative,
      ],
    },
    rows: (on) => pairingsOn(pool, new BoardAsOf(pool, streams), on),
  });
