import { isDeepStrictEqual } from 'node:util';
import { Count, Country, Items, Name, officers, OneOf, ProtectedText, Slug, type TextRef, type Whole } from '../kernel/fields';
import { always, command, part } from '../kernel/part';
import { certainlyAfter, lastDay, latestDayAt, type PartialDate } from '../kernel/partial-date';
import { vocabulary } from '../kernel/refusal';
import { partyKinds } from './party-kinds';

type PartyKind = (typeof partyKinds)[number];

/** Stored for ever: add optional fields freely; never rename, remove or change a meaning. */
export interface PartyEvents {
  PartyRegistered: {
    name: string;
    kind: PartyKind;
    countries: string[];
    members?: { municipality: string; name: string }[];
    representative?: string;
  };
  PartyRenamed: { name: string };
  PartyAliasAdded: { alias: string };
  PartyPopulationRecorded: { population: Whole; year: Whole; source?: TextRef };
}

export class MemberMunicipality {
  @Slug('The municipality; the same id is the same municipality wherever it occurs, and its id should it be a party itself')
  municipality!: string;
  @Name('Its name') name!: string;
}
export class RegisterParty {
  @Name('Its name') name!: string;
  @OneOf('What it is', partyKinds) kind!: PartyKind;
  @Country('Countries it lies in; a city lies in one', { many: [0, 60] }) countries!: string[];
  @Items(MemberMunicipality, 'Municipalities of a consortium or of a set of cities', { min: 1, optional: true })
  members?: MemberMunicipality[];
  @Slug('The municipality among them that represents all', { optional: true }) representative?: string;
}
export class RenameParty {
  @Name('The new name') name!: string;
}
export class AddAlias {
  @Name('Another name, or spelling, it occurs under') alias!: string;
}
export class RecordPopulation {
  @Count('Inhabitants') population!: number;
  @Count('The year they were counted in', { min: 1900, max: 2199 }) year!: number;
  @ProtectedText('Where the number comes from', { optional: true }) source?: TextRef;
}

type Registration = PartyEvents['PartyRegistered'];
interface Population {
  readonly population: number;
  readonly year: number;
  readonly source?: TextRef;
}
export type Identity =
  | { readonly phase: 'absent' }
  | {
      readonly phase: 'registered';
      readonly registration: Registration;
      /** Names it was given later, in the order in which they came, the current one last. */
      readonly renamed: readonly { readonly name: string; readonly on: PartialDate }[];
      readonly aliases: readonly string[];
      /** One for each year, the latest last. */
      readonly populations: readonly Population[];
    };
type Registered = Extract<Identity, { phase: 'registered' }>;

const says = vocabulary({
  NO_SUCH_PARTY: 'The party was never registered',
  PARTY_REGISTERED_OTHERWISE: 'The party is registered already, otherwise',
  CITY_HAS_ONE_COUNTRY: 'A city lies in one country, not in {countries}',
  MEMBERS_OF_WHAT: 'Only a consortium or a set of cities has municipalities, not a {kind}',
  MUNICIPALITY_TWICE: 'Municipality {municipality} occurs twice',
  REPRESENTATIVE_NOT_A_MEMBER: '{representative} represents municipalities that it is not one of',
  PARTY_HAS_THAT_NAME: 'The party is called {name} already',
  ALIAS_IS_THE_NAME: '{alias} is the name of the party: an alias is another one',
  ALIAS_STANDS: '{alias} is an alias of the party already',
  POPULATION_RECORDED_OTHERWISE: 'The population of {year} is recorded already, otherwise: correct that fact if it is wrong',
  YEAR_TO_COME: 'Nobody can have been counted in {year} yet',
});

export const nameOf = ({ renamed, registration }: Registered): string => renamed.at(-1)?.name ?? registration.name;
const hasMembers = (kind: PartyKind) => kind === 'city-set' || kind === 'consortium';
const notRegistered = says.lack('NO_SUCH_PARTY');
const change = (identity: Identity, to: (now: Registered) => Registered): Identity =>
  identity.phase === 'absent' ? identity : to(identity);

/** Who takes part, or has authority: its names, countries, municipalities and population ("Kalava" in the closing newsletter is Kavala). */
export const partyIdentity = part<PartyEvents, Identity>()({
  says,
  commands: {
    RegisterParty: command(RegisterParty, officers, ['PartyRegistered']),
    RenameParty: command(RenameParty, officers, ['PartyRenamed']),
    AddAlias: command(AddAlias, officers, ['PartyAliasAdded']),
    RecordPopulation: command(RecordPopulation, officers, ['PartyPopulationRecorded']),
  },
  initial: { phase: 'absent' },
  offers: {
    RegisterParty: () => [{ such: { countries: ['ES'] } }],
    RenameParty: always,
    AddAlias: always,
    RecordPopulation: always,
  },

  decide: {
    RegisterParty: ({ name, kind, countries, members, representative }, now) => {
      const municipalities = members?.map(({ municipality, name }) => ({ municipality, name }));
      const data: Registration = {
        name,
        kind,
        countries,
        ...(municipalities && { members: municipalities }),
        ...(representative && { representative }),
      };
      return now.phase === 'registered' && isDeepStrictEqual(now.registration, data) ? [] : [{ type: 'PartyRegistered', data }];
    },
    RenameParty: ({ name }, now, { occurredOn }) => {
      const stands =
        now.phase === 'registered' &&
        now.renamed.some((each, i) => each.name === name && (each.on === occurredOn || i === now.renamed.length - 1));
      return stands ? [] : [{ type: 'PartyRenamed', data: { name } }];
    },
    AddAlias: ({ alias }, now) =>
      now.phase === 'registered' && now.aliases.includes(alias) ? [] : [{ type: 'PartyAliasAdded', data: { alias } }],
    RecordPopulation: ({ population, year, source }, now) => {
      const data = { population, year, ...(source && { source }) };
      const stands = now.phase === 'registered' && now.populations.some((each) => isDeepStrictEqual(each, data));
      return stands ? [] : [{ type: 'PartyPopulationRecorded', data }];
    },
  },

  requires: {
    PartyRegistered: (now, { kind, countries, members = [], representative }) => {
      if (now.phase === 'registered') return [says.lack('PARTY_REGISTERED_OTHERWISE')];
      const municipalities = members.map(({ municipality }) => municipality);
      const twice = municipalities.find((each, i) => municipalities.indexOf(each) !== i);
      return [
        ...(kind === 'city' && countries.length !== 1 ? [says.lack('CITY_HAS_ONE_COUNTRY', { countries: countries.length })] : []),
        ...(members.length > 0 && !hasMembers(kind) ? [says.lack('MEMBERS_OF_WHAT', { kind })] : []),
        ...(twice === undefined ? [] : [says.lack('MUNICIPALITY_TWICE', { municipality: twice })]),
        ...(representative === undefined || municipalities.includes(representative)
          ? []
          : [says.lack('REPRESENTATIVE_NOT_A_MEMBER', { representative })]),
      ];
    },
    PartyRenamed: (now, { name }) => {
      if (now.phase === 'absent') return [notRegistered];
      return nameOf(now) === name ? [says.lack('PARTY_HAS_THAT_NAME', { name })] : [];
    },
    PartyAliasAdded: (now, { alias }) => {
      if (now.phase === 'absent') return [notRegistered];
      if (nameOf(now) === alias) return [says.lack('ALIAS_IS_THE_NAME', { alias })];
      return now.aliases.includes(alias) ? [says.lack('ALIAS_STANDS', { alias })] : [];
    },
    PartyPopulationRecorded: (now, { year }, { recordedAt }) => {
      if (now.phase === 'absent') return [notRegistered];
      if (now.populations.some((each) => each.year === year)) return [says.lack('POPULATION_RECORDED_OTHERWISE', { year })];
      return certainlyAfter(String(year), latestDayAt(recordedAt)) ? [says.lack('YEAR_TO_COME', { year })] : [];
    },
  },

  evolve: {
    PartyRegistered: (_, registration) => ({ phase: 'registered', registration, renamed: [], aliases: [], populations: [] }),
    PartyRenamed: (identity, { name }, { occurredOn }) =>
      change(identity, (now) => {
        const renamed = [...now.renamed, { name, on: occurredOn }].toSorted((one, other) =>
          lastDay(one.on) < lastDay(other.on) ? -1 : lastDay(one.on) > lastDay(other.on) ? 1 : 0,
        );
        // An alias that becomes the name is an alias no longer.
        return { ...now, renamed, aliases: now.aliases.filter((alias) => alias !== nameOf({ ...now, renamed })) };
      }),
    PartyAliasAdded: (identity, { alias }) => change(identity, (now) => ({ ...now, aliases: [...now.aliases, alias] })),
    PartyPopulationRecorded: (identity, { population, year, source }) =>
      change(identity, (now) => ({
        ...now,
        populations: [...now.populations, { population, year, ...(source && { source }) }].toSorted((one, other) => one.year - other.year),
      })),
  },

  measures: {
    'party-registered': { counts: 'parties registered' },
    'party-country': { counts: 'countries of parties', by: ['country'] },
    municipality: { counts: 'municipalities that parties consist of', by: ['municipality'] },
  },
  facts: {
    // `party` is this stream: a city is the one municipality it consists of, under the id that others name it by.
    PartyRegistered: ({ kind, countries, members = [] }) => [
      { measure: 'party-registered', subject: 'party', quantity: 1 },
      ...countries.map((country) => ({
        measure: 'party-country' as const,
        subject: { ref: `country/${country}` },
        quantity: 1,
        by: { country },
      })),
      ...(kind === 'city' ? [{ measure: 'municipality' as const, subject: 'party', quantity: 1 }] : []),
      ...members.map(({ municipality }) => ({
        measure: 'municipality' as const,
        subject: { ref: `party/${municipality}` },
        quantity: 1,
        by: { municipality },
      })),
    ],
  },
});
