import { Ref } from '../kernel/fields';
import { always, command, part } from '../kernel/part';
import type { PartialDate } from '../kernel/partial-date';
import { vocabulary } from '../kernel/refusal';

/** Stored for ever: add optional fields freely; never rename, remove or change a meaning. */
export interface PlaceEvents {
  ApplicationPaired: { pairing: string };
  ApplicationFreed: { pairing: string };
}

export class MarkPaired {
  @Ref('pairing', 'The pairing that was formed from it', { gone: true }) pairing!: string;
}
export class FreeApplication {
  @Ref('pairing', 'The pairing it no longer serves', { gone: true }) pairing!: string;
}

/** The pairings it serves. */
export type Places = readonly { readonly pairing: string; readonly on: PartialDate }[];
interface Needs {
  /** How many pairings it was selected for; 0 while it is not selected. */
  readonly places: number;
}

const says = vocabulary({
  NOT_SELECTED_TO_BE_PAIRED: 'The application is not selected',
  SERVES_OTHER_PAIRINGS:
    'The application already serves {pairings}, and was selected for {places, plural, one {one pairing} other {# pairings}}',
  SERVES_NO_SUCH_PAIRING: 'The application does not serve {pairing}',
});

const serves = (places: Places, { pairing }: { pairing: string }) => places.some((each) => each.pairing === pairing);

/** Which pairings an application serves: as many as its party was selected for (one; Almada was selected for two). */
export const pairingPlaces = part<PlaceEvents, Places, Needs>()({
  says,
  commands: {
    MarkPaired: command(MarkPaired, ['service', 'admin'], ['ApplicationPaired']),
    FreeApplication: command(FreeApplication, ['service', 'admin'], ['ApplicationFreed']),
  },
  initial: [],
  offers: {
    MarkPaired: always,
    FreeApplication: (places) => places.map(({ pairing }) => ({ known: { pairing } })),
  },

  decide: {
    MarkPaired: ({ pairing }, places) => (serves(places, { pairing }) ? [] : [{ type: 'ApplicationPaired', data: { pairing } }]),
    FreeApplication: ({ pairing }, places) => (serves(places, { pairing }) ? [{ type: 'ApplicationFreed', data: { pairing } }] : []),
  },

  requires: {
    ApplicationPaired: (now, _, __, { places }) => {
      if (places === 0) return [says.lack('NOT_SELECTED_TO_BE_PAIRED')];
      return now.length < places
        ? []
        : [says.lack('SERVES_OTHER_PAIRINGS', { pairings: now.map(({ pairing }) => pairing).join(', '), places })];
    },
    ApplicationFreed: (now, data) => (serves(now, data) ? [] : [says.lack('SERVES_NO_SUCH_PAIRING', data)]),
  },

  evolve: {
    ApplicationPaired: (now, { pairing }, { occurredOn: on }) => [...now, { pairing, on }],
    ApplicationFreed: (now, { pairing }) => now.filter((each) => each.pairing !== pairing),
  },

  measures: {
    'applications-paired': { counts: 'places of applications in pairings' },
  },
  facts: {
    ApplicationPaired: ({ pairing }) => [{ measure: 'applications-paired', subject: { ref: `pairing/${pairing}` }, quantity: 1 }],
    ApplicationFreed: ({ pairing }) => [{ measure: 'applications-paired', subject: { ref: `pairing/${pairing}` }, quantity: -1 }],
  },
});
