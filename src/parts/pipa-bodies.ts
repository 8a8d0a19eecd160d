import { isDeepStrictEqual } from 'node:util';
import { Country, Name, officers, OneOf, Person, ProtectedText, Ref, type TextRef } from '../kernel/fields';
import { command, type Fact, part } from '../kernel/part';
import { byDate, certainlyAfter, type PartialDate } from '../kernel/partial-date';
import { type Said, vocabulary } from '../kernel/refusal';
import { endedBy, endOn, inTheWay, nextAfter, type Span } from '../kernel/spans';

export const bodies = ['presidency', 'technical-unit', 'intergovernmental-committee', 'country-representative'] as const;
export type BodyName = (typeof bodies)[number];
/** In these each country has one seat; the others have one holder. */
const byCountry: readonly BodyName[] = ['intergovernmental-committee', 'country-representative'];

/** Who holds a seat: a country, an organisation or a party, through a person or not. People are named by their id alone. */
interface Holder {
  country?: string;
  organisation?: string;
  party?: string;
  person?: string;
}
/** Stored for ever: add optional fields freely; never rename, remove or change a meaning. */
export interface PipaBodyEvents {
  BodyHolderDesignated: { body: BodyName } & Holder;
  BodyHolderReplaced: { body: BodyName } & Holder;
  /** `country`: whose seat it is, of a body in which each country has one. */
  BodyTermEnded: { body: BodyName; country?: string; reason?: TextRef };
}

export class DesignateBodyHolder {
  @OneOf('The body', bodies) body!: BodyName;
  @Country('The country that holds the seat, or whose seat it is', { optional: true }) country?: string;
  @Name('The organisation that holds it', { optional: true }) organisation?: string;
  @Ref('party', 'The party that holds it', { optional: true }) party?: string;
  @Person('Who holds it', { optional: true }) person?: string;
}
export class ReplaceBodyHolder {
  @OneOf('The body', bodies) body!: BodyName;
  @Country('The country that holds the seat from then on, or whose seat it is', { optional: true }) country?: string;
  @Name('The organisation that holds it from then on', { optional: true }) organisation?: string;
  @Ref('party', 'The party that holds it from then on', { optional: true }) party?: string;
  @Person('Who holds it from then on', { optional: true }) person?: string;
}
export class EndBodyTerm {
  @OneOf('The body', bodies) body!: BodyName;
  @Country('The country whose seat it is, of a body in which each has one', { optional: true }) country?: string;
  @ProtectedText('Why', { optional: true }) reason?: TextRef;
}

interface Term extends Span, Readonly<Holder> {
  /** In place of the one before. */
  readonly instead?: true;
  readonly replaced?: true;
  readonly reason?: TextRef;
}
/** By seat; each in the order of recording. */
export type PipaBodies = Readonly<Record<string, readonly Term[]>>;

const says = vocabulary({
  BODY_HOLDER_MISSING: 'Somebody holds a seat: a country, an organisation, a party or a person',
  BODY_SEAT_OF_WHICH_COUNTRY: 'In this body each country has a seat: say of which country this one is',
  BODY_SEAT_TAKEN: 'This seat is held on {occurredOn}, from {from} on: say who replaces whom, or when that term ended',
  BODY_SEAT_EMPTY: 'Nobody holds this seat on {occurredOn}, or that term ended already',
  BODY_SEAT_HELD_AGAIN: 'The next term of this seat began on {from}: the one before ended by then',
});

const seatOf = ({ body, country }: { readonly body: BodyName; readonly country?: string }): string =>
  byCountry.includes(body) ? `${body} ${country ?? ''}` : body;
const termsIn = (now: PipaBodies, seat: string): readonly Term[] => now[seat] ?? [];
/** Who holds the seats of a body, or held them, in the order in which they began. */
export const termsOf = (now: PipaBodies, body: BodyName, country?: string): readonly Term[] =>
  termsIn(now, seatOf({ body, ...(country !== undefined && { country }) })).toSorted((one, other) => byDate(one.from, other.from));

const holder = ({ country, organisation, party, person }: Holder): Holder => ({
  ...(country !== undefined && { country }),
  ...(organisation !== undefined && { organisation }),
  ...(party !== undefined && { party }),
  ...(person !== undefined && { person }),
});
const begins = (now: PipaBodies, data: { readonly body: BodyName } & Holder, from: PartialDate, instead?: true): boolean =>
  termsIn(now, seatOf(data)).some(
    (each) => each.from === from && each.instead === instead && isDeepStrictEqual(holder(each), holder(data)),
  );
const begun = (now: PipaBodies, data: { readonly body: BodyName } & Holder, term: Omit<Term, keyof Holder>): PipaBodies => {
  const seat = seatOf(data);
  return { ...now, [seat]: [...termsIn(now, seat), { ...holder(data), ...term }] };
};
const ended = (now: PipaBodies, seat: string, on: PartialDate, how: Pick<Term, 'replaced' | 'reason'>): PipaBodies => {
  const before = termsIn(now, seat);
  const after = endOn(before, on).map((each, i) => (each === before[i] ? each : { ...each, ...how }));
  return { ...now, [seat]: after };
};

const seatLacks = ({ body, country }: { readonly body: BodyName; readonly country?: string }): readonly Said[] =>
  byCountry.includes(body) && country === undefined ? [says.lack('BODY_SEAT_OF_WHICH_COUNTRY')] : [];
const holderLacks = (data: { readonly body: BodyName } & Holder): readonly Said[] =>
  Object.keys(holder(data)).length === 0 ? [says.lack('BODY_HOLDER_MISSING')] : seatLacks(data);
const endLacks = (now: PipaBodies, seat: string, occurredOn: PartialDate): readonly Said[] => {
  const terms = termsIn(now, seat);
  const ending = endedBy(terms, occurredOn);
  if (!ending) return [says.lack('BODY_SEAT_EMPTY', { occurredOn })];
  const next = nextAfter(terms, ending);
  return next && certainlyAfter(occurredOn, next.from) ? [says.lack('BODY_SEAT_HELD_AGAIN', { from: next.from })] : [];
};
const held = (now: PipaBodies) =>
  Object.entries(now).flatMap(([seat, terms]) => {
    const [body, country] = seat.split(' ') as [BodyName, string?];
    return terms.some(({ to }) => to === undefined) ? [{ known: { body, ...(country && { country }) } }] : [];
  });
const counted = (data: { readonly body: BodyName; readonly country?: string }, quantity: 1 | -1): Fact<'pipa-seats-held'> => ({
  measure: 'pipa-seats-held',
  subject: seatOf(data),
  quantity,
  by: { body: data.body },
});

/**
 * The Intergovernmental Committee, the Presidency, the Technical Unit and the representatives of countries (REPPI), who change: who
 * holds each seat, from when to when.
 */
export const pipaBodies = part<PipaBodyEvents, PipaBodies>()({
  says,
  commands: {
    DesignateBodyHolder: command(DesignateBodyHolder, officers, ['BodyHolderDesignated']),
    ReplaceBodyHolder: command(ReplaceBodyHolder, officers, ['BodyHolderReplaced']),
    EndBodyTerm: command(EndBodyTerm, officers, ['BodyTermEnded']),
  },
  initial: {},
  offers: {
    DesignateBodyHolder: () => bodies.map((body) => ({ known: { body }, such: { country: 'ES' } })),
    ReplaceBodyHolder: (now) => held(now).map(({ known }) => ({ known, such: { country: 'ES' } })),
    EndBodyTerm: held,
  },

  decide: {
    DesignateBodyHolder: ({ body, ...given }, now, { occurredOn }) => {
      const data = { body, ...holder(given) };
      return begins(now, data, occurredOn) ? [] : [{ type: 'BodyHolderDesignated', data }];
    },
    ReplaceBodyHolder: ({ body, ...given }, now, { occurredOn }) => {
      const data = { body, ...holder(given) };
      return begins(now, data, occurredOn, true) ? [] : [{ type: 'BodyHolderReplaced', data }];
    },
    EndBodyTerm: ({ body, country, reason }, now, { occurredOn }) => {
      const data = { body, ...(country !== undefined && { country }) };
      return termsIn(now, seatOf(data)).some((each) => each.to === occurredOn && !each.replaced && each.reason?.digest === reason?.digest)
        ? []
        : [{ type: 'BodyTermEnded', data: { ...data, ...(reason && { reason }) } }];
    },
  },

  requires: {
    BodyHolderDesignated: (now, data, { occurredOn }) => {
      const standing = inTheWay(termsIn(now, seatOf(data)), occurredOn);
      return [...holderLacks(data), ...(standing ? [says.lack('BODY_SEAT_TAKEN', { occurredOn, from: standing.from })] : [])];
    },
    BodyHolderReplaced: (now, data, { occurredOn }) => [...holderLacks(data), ...endLacks(now, seatOf(data), occurredOn)],
    BodyTermEnded: (now, data, { occurredOn }) => [...seatLacks(data), ...endLacks(now, seatOf(data), occurredOn)],
  },

  evolve: {
    BodyHolderDesignated: (now, data, { occurredOn: from }) => begun(now, data, { from }),
    BodyHolderReplaced: (now, data, { occurredOn: from }) =>
      begun(ended(now, seatOf(data), from, { replaced: true }), data, { from, instead: true }),
    BodyTermEnded: (now, data, { occurredOn }) => ended(now, seatOf(data), occurredOn, data.reason ? { reason: data.reason } : {}),
  },

  measures: {
    'pipa-seats-held': { counts: 'seats of bodies, those of representatives of countries among them, that somebody holds', by: ['body'] },
    'pipa-holders-replaced': { counts: 'holders of seats of bodies replaced', by: ['body'] },
  },
  facts: {
    BodyHolderDesignated: (data) => [counted(data, 1)],
    BodyHolderReplaced: (data) => [{ measure: 'pipa-holders-replaced', subject: seatOf(data), quantity: 1, by: { body: data.body } }],
    BodyTermEnded: (data) => [counted(data, -1)],
  },
});
