import { officers, ProtectedText, Ref, type TextRef } from '../kernel/fields';
import { always, command, part } from '../kernel/part';
import { certainlyAfter } from '../kernel/partial-date';
import { vocabulary } from '../kernel/refusal';
import { endedBy, endOn, inTheWay, nextAfter, type Span } from '../kernel/spans';

/** Stored for ever: add optional fields freely; never rename, remove or change a meaning. */
export interface NetworkEvents {
  NetworkAssigned: { network: string };
  NetworkLeft: { network: string; reason?: TextRef };
}

export class AssignToNetwork {
  @Ref('party', 'The thematic network') network!: string;
}
export class LeaveNetwork {
  @Ref('party', 'The thematic network', { gone: true }) network!: string;
  @ProtectedText('Why', { optional: true }) reason?: TextRef;
}

interface Membership extends Span {
  readonly reason?: TextRef;
}
/** By network; each in the order of recording. */
type Networks = Readonly<Record<string, readonly Membership[]>>;

const says = vocabulary({
  ALREADY_IN_NETWORK: 'Already assigned to the network {network}, from {from} on',
  NOT_IN_NETWORK: 'Not assigned to the network {network} on {occurredOn}, or it was left already',
  IN_NETWORK_AGAIN: 'Assigned to the network {network} again on {from}: it was left before that',
});

const membershipsOf = (networks: Networks, network: string): readonly Membership[] => networks[network] ?? [];
/** The networks that were not left. */
export const currentNetworks = (networks: Networks): readonly string[] =>
  Object.entries(networks).flatMap(([network, memberships]) => (memberships.some(({ to }) => to === undefined) ? [network] : []));
const counted = (network: string, quantity: 1 | -1) => [
  { measure: 'network-memberships' as const, subject: { ref: `party/${network}` }, quantity },
];

/** Thematic networks: assigned and left, also after the end (IURC: pairings join networks by topic, first from their action plans). */
export const networks = part<NetworkEvents, Networks>()({
  says,
  commands: {
    AssignToNetwork: command(AssignToNetwork, officers, ['NetworkAssigned']),
    LeaveNetwork: command(LeaveNetwork, officers, ['NetworkLeft']),
  },
  initial: {},
  offers: {
    AssignToNetwork: always,
    LeaveNetwork: (networks) => currentNetworks(networks).map((network) => ({ known: { network } })),
  },

  decide: {
    AssignToNetwork: ({ network }, networks, { occurredOn }) =>
      membershipsOf(networks, network).some(({ from }) => from === occurredOn) ? [] : [{ type: 'NetworkAssigned', data: { network } }],
    LeaveNetwork: ({ network, reason }, networks, { occurredOn }) =>
      membershipsOf(networks, network).some((each) => each.to === occurredOn && each.reason?.digest === reason?.digest)
        ? []
        : [{ type: 'NetworkLeft', data: { network, ...(reason && { reason }) } }],
  },

  requires: {
    NetworkAssigned: (networks, { network }, { occurredOn }) => {
      const standing = inTheWay(membershipsOf(networks, network), occurredOn);
      return standing ? [says.lack('ALREADY_IN_NETWORK', { network, from: standing.from })] : [];
    },
    NetworkLeft: (networks, { network }, { occurredOn }) => {
      const memberships = membershipsOf(networks, network);
      const ended = endedBy(memberships, occurredOn);
      if (!ended) return [says.lack('NOT_IN_NETWORK', { network, occurredOn })];
      const next = nextAfter(memberships, ended);
      return next && certainlyAfter(occurredOn, next.from) ? [says.lack('IN_NETWORK_AGAIN', { network, from: next.from })] : [];
    },
  },

  evolve: {
    NetworkAssigned: (networks, { network }, { occurredOn }) => ({
      ...networks,
      [network]: [...membershipsOf(networks, network), { from: occurredOn }],
    }),
    NetworkLeft: (networks, { network, reason }, { occurredOn }) => {
      const before = membershipsOf(networks, network);
      const left = endOn(before, occurredOn).map((each, i) => (each !== before[i] && reason ? { ...each, reason } : each));
      return { ...networks, [network]: left };
    },
  },

  measures: {
    'network-memberships': { counts: 'memberships of thematic networks that were not left' },
  },
  facts: {
    NetworkAssigned: ({ network }) => counted(network, 1),
    NetworkLeft: ({ network }) => counted(network, -1),
  },
});
