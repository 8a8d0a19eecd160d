import { isDeepStrictEqual } from 'node:util';
import { officers, ProtectedText, Ref, type TextRef } from '../kernel/fields';
import { always, command, part, type Refs } from '../kernel/part';
import { certainlyBefore, type PartialDate } from '../kernel/partial-date';
import { type Said, vocabulary } from '../kernel/refusal';

/** Stored for ever: add optional fields freely; never rename, remove or change a meaning. */
export interface MergingEvents {
  /** `duplicate` is the party of this stream; `into` is the one that counts from then on. */
  PartyMerged: { duplicate: string; into: string; authority: string; reason: TextRef };
  PartySplit: { from: string; authority: string; reason: TextRef };
  /** It closed a circle: `circle` are the other parties of it, each merged into the next, the last into this one. */
  PartyMergeGaveWay: { into: string; circle: string[] };
}

export class MergeParty {
  @Ref('party', 'The party it is a second registration of, and counts as from the day of the merge on') into!: string;
  @Ref('party', 'The organisation whose authority it is') authority!: string;
  @ProtectedText('Why') reason!: TextRef;
}
export class SplitParty {
  @Ref('party', 'The party it was merged into; the one it is merged into now when left out', { optional: true, gone: true }) from?: string;
  @Ref('party', 'The organisation whose authority it is') authority!: string;
  @ProtectedText('Why') reason!: TextRef;
}
/** Nobody gives it by hand: a policy has every merge looked at again, once it can be seen from elsewhere. */
export class ReviewMerge {}

interface Decision {
  readonly on: PartialDate;
  readonly authority: string;
  readonly reason: TextRef;
}
interface Merge extends Decision {
  readonly into: string;
  readonly recordedAt: string;
  readonly split?: Decision;
  /** It closed a circle, and no longer stands. */
  readonly gaveWay?: true;
}
/** Every merge in the order of recording; only the last can stand. */
export type Merging = readonly Merge[];

interface Needs {
  /** None where the party is not registered. */
  readonly kind?: string;
}
interface Seen {
  party: { readonly kind: string; readonly mergedInto?: string; readonly mergedAt?: string };
}

const says = vocabulary({
  ONLY_REGISTERED_MERGED: 'Only a party that is registered can be merged',
  NOTHING_TO_MERGE_INTO: 'The registration of {into} was taken back: nothing can be merged into it',
  MERGED_INTO_ITSELF: '{into} is this party itself',
  MERGED_AWAY: '{into} was itself merged into {now}: name {now}',
  OTHER_KIND_OF_PARTY: '{into} is registered as another kind of party: correct the registration that is wrong first',
  ALREADY_MERGED: 'The party is merged into {into} already',
  MERGED_BEFORE_THE_SPLIT: 'The party was merged into {into} until {splitOn}: it cannot have been merged again on {occurredOn}',
  NOT_MERGED: 'The party is merged into no other',
  MERGED_INTO_ANOTHER: 'The party is merged into {into}, not into {from}',
  SPLIT_BEFORE_MERGED: 'The party was merged into {into} on {mergedOn}: it cannot have been split from it on {occurredOn}',
  ANOTHER_MERGE_GIVES_WAY: 'The merge closes a circle in which that of {party} was recorded last: that one gives way',
});
/** The party whose merge gives way in place of the one that was reviewed, where that is what a refusal says. */
export const givesWayInstead = ({ code, values }: Said): string | undefined =>
  code === ('ANOTHER_MERGE_GIVES_WAY' satisfies keyof typeof says.sentences) ? String(values['party']) : undefined;

/** The merge that stands, whatever its date. */
const standing = (merges: Merging): Merge | undefined => {
  const last = merges.at(-1);
  return last?.split || last?.gaveWay ? undefined : last;
};
/** Into which party, and when that was recorded. */
export const mergedInto = (merges: Merging): { readonly mergedInto?: string; readonly mergedAt?: string } => {
  const now = standing(merges);
  return now ? { mergedInto: now.into, mergedAt: now.recordedAt } : {};
};
/** The parties that follow one another from the one it is merged into, until one counts for itself or comes a second time. */
const followed = (merges: Merging, { party }: Refs<Seen>): readonly string[] => {
  const chain: string[] = [];
  for (let next = standing(merges)?.into; next !== undefined && !chain.includes(next); next = party(next)?.mergedInto) chain.push(next);
  return chain;
};

const is = (one: Decision | undefined, { authority, reason }: Omit<Decision, 'on'>) =>
  one?.authority === authority && isDeepStrictEqual(one.reason, reason);

/**
 * A party that was registered twice: its second registration is merged into the first, and a wrong merge is split. Ids stay what they
 * are; what was recorded under the duplicate stays there, and is counted for the party that it was merged into.
 */
export const partyMerging = part<MergingEvents, Merging, Needs, Seen>()({
  says,
  commands: {
    MergeParty: command(MergeParty, officers, ['PartyMerged']),
    SplitParty: command(SplitParty, officers, ['PartySplit']),
    ReviewMerge: command(ReviewMerge, ['service', 'admin'], ['PartyMergeGaveWay']),
  },
  initial: [],
  refs: {
    MergeParty: ({ into }) => ({ party: [into] }),
    ReviewMerge: (_, merges, __, found) => ({ party: followed(merges, found) }),
  },
  offers: {
    MergeParty: (merges, { kind }) => (kind === undefined || standing(merges) ? [] : [{}]),
    SplitParty: (merges) => merges.slice(-1).map(({ into }) => ({ known: { from: into } })),
    ReviewMerge: (merges) => (standing(merges) ? always() : []),
  },

  decide: {
    MergeParty: ({ into, authority, reason }, merges, _, { kind }, refs, id) => {
      const now = standing(merges);
      if (now?.into === into && is(now, { authority, reason })) return [];
      const other = refs.party(into);
      if (into !== id && !other) throw says.no('NOTHING_TO_MERGE_INTO', { into });
      if (into !== id && other?.mergedInto !== undefined) throw says.no('MERGED_AWAY', { into, now: other.mergedInto });
      if (kind !== undefined && other && other.kind !== kind) throw says.no('OTHER_KIND_OF_PARTY', { into });
      return [{ type: 'PartyMerged', data: { duplicate: id, into, authority, reason } }];
    },
    SplitParty: ({ from, authority, reason }, merges) => {
      const last = merges.at(-1);
      if (!last) throw says.no('NOT_MERGED');
      if (last.split && (from ?? last.into) === last.into && is(last.split, { authority, reason })) return [];
      return [{ type: 'PartySplit', data: { from: from ?? last.into, authority, reason } }];
    },
    // Of a circle the merge that was recorded last gives way, whichever is reviewed first: the refusal says which that is.
    ReviewMerge: (_, merges, __, ___, refs, id) => {
      const now = standing(merges);
      const chain = followed(merges, refs);
      if (!now || !chain.includes(id)) return [];
      const circle = chain.slice(0, chain.indexOf(id));
      const last = [...circle.map((other) => ({ id: other, at: refs.party(other)?.mergedAt ?? '' })), { id, at: now.recordedAt }].reduce(
        (one, other) => (other.at > one.at || (other.at === one.at && other.id > one.id) ? other : one),
      );
      if (last.id !== id) throw says.no('ANOTHER_MERGE_GIVES_WAY', { party: last.id });
      return [{ type: 'PartyMergeGaveWay', data: { into: now.into, circle } }];
    },
  },

  requires: {
    PartyMergeGaveWay: (merges, { into }) => (standing(merges)?.into === into ? [] : [says.lack('NOT_MERGED')]),
    PartyMerged: (merges, { duplicate, into }, { occurredOn }, { kind }) => {
      if (kind === undefined) return [says.lack('ONLY_REGISTERED_MERGED')];
      if (duplicate === into) return [says.lack('MERGED_INTO_ITSELF', { into })];
      const last = merges.at(-1);
      if (!last) return [];
      if (standing(merges)) return [says.lack('ALREADY_MERGED', { into: last.into })];
      return last.split && certainlyBefore(occurredOn, last.split.on)
        ? [says.lack('MERGED_BEFORE_THE_SPLIT', { into: last.into, splitOn: last.split.on, occurredOn })]
        : [];
    },
    PartySplit: (merges, { from }, { occurredOn }) => {
      const now = standing(merges);
      if (!now) return [says.lack('NOT_MERGED')];
      const { into, on: mergedOn } = now;
      if (into !== from) return [says.lack('MERGED_INTO_ANOTHER', { into, from })];
      return certainlyBefore(occurredOn, mergedOn) ? [says.lack('SPLIT_BEFORE_MERGED', { into, mergedOn, occurredOn })] : [];
    },
  },

  evolve: {
    PartyMerged: (merges, { into, authority, reason }, { occurredOn: on, recordedAt }) => [
      ...merges,
      { into, authority, reason, on, recordedAt },
    ],
    PartySplit: (merges, { authority, reason }, { occurredOn: on }) => {
      const now = standing(merges);
      return now ? merges.with(-1, { ...now, split: { authority, reason, on } }) : merges;
    },
    PartyMergeGaveWay: (merges) => {
      const now = standing(merges);
      return now ? merges.with(-1, { ...now, gaveWay: true }) : merges;
    },
  },

  measures: {
    'party-merged': { counts: 'merges of parties that stand' },
  },
  facts: {
    PartyMerged: ({ into }) => [{ measure: 'party-merged', subject: { ref: `party/${into}` }, quantity: 1 }],
    PartySplit: ({ from }) => [{ measure: 'party-merged', subject: { ref: `party/${from}` }, quantity: -1 }],
    PartyMergeGaveWay: ({ into }) => [{ measure: 'party-merged', subject: { ref: `party/${into}` }, quantity: -1 }],
  },
});
