import { type Answered, type Order, order, policy } from '../kernel/policy';
import { application } from './application';
import { pairing } from './pairing';
import type { Pairing } from './pairing-parts';
import type { PairedSide } from '../parts/course';

const members = (sides: readonly PairedSide[]) => sides.flatMap((side) => side.members.map((member) => member.application));
type Commanded = 'MarkPaired' | 'FreeApplication';
const each = (
  name: Commanded,
  { id, occurredOn }: Pick<Answered<Pairing, unknown>, 'id' | 'occurredOn'>,
  sides: readonly PairedSide[],
): readonly Order[] => members(sides).map((member) => order(application, member, name, { pairing: id }, occurredOn));
/** The sides as they stand: of the forming itself where that is told, of the state where the pairing is told otherwise. */
const sidesOf = ({ state: { course } }: Answered<Pairing, unknown>) => (course.phase === 'absent' ? [] : course.sides);

/** An application that was free when a pairing was formed from it may have fallen away, or been paired, before it is marked. */
export const pairedApplications = policy(pairing, {
  name: 'paired-applications',
  rule: 'The applications of a pairing are marked as paired when it is formed, and are free again when it is dissolved; it is dissolved where one of them fell away meanwhile.',
  reacts: {
    PairingFormed: {
      recorded: (fact) => each('MarkPaired', fact, fact.data.sides),
      retracted: (fact) => each('FreeApplication', fact, fact.data.sides),
      corrected: () => [],
    },
    PairingDissolved: {
      recorded: (fact) => each('FreeApplication', fact, sidesOf(fact)),
      retracted: (fact) => each('MarkPaired', fact, sidesOf(fact)),
      corrected: () => [],
    },
  },
  refused: ({ id, name, occurredOn }, cause) =>
    name === 'MarkPaired'
      ? [order(pairing, cause.id, 'DissolvePairing', { cause: 'application-fell-away', application: id }, occurredOn)]
      : [],
});
