import { order, policy } from '../kernel/policy';
import type { PairedSide } from '../parts/course';
import { application } from './application';
import { pairing } from './pairing';

const members = (sides: readonly PairedSide[]) => sides.flatMap((side) => side.members.map((member) => member.application));
const mark = ({ id, data, occurredOn }: { id: string; data: { sides: readonly PairedSide[] }; occurredOn: string }) =>
  members(data.sides).map((each) => order(application, each, 'MarkPaired', { pairing: id }, occurredOn));
const free = ({ id, data, occurredOn }: { id: string; data: { sides: readonly PairedSide[] }; occurredOn: string }) =>
  members(data.sides).map((each) => order(application, each, 'FreeApplication', { pairing: id }, occurredOn));

/** An application that was free when a pairing was formed from it may have fallen away, or been paired, before it is marked. */
export const pairedApplications = policy(pairing, {
  name: 'paired-applications',
  rule: 'The applications of a pairing are marked as paired when it is formed, and are free again when it is dissolved.',
  reacts: {
    PairingFormed: { recorded: mark, retracted: free, corrected: () => [] },
  },
  refused: () => [],
});
