import { isDeepStrictEqual } from 'node:util';
import { Figure, Item, Items, Name, officers, OneOf, ProtectedText, Ref, Slug, type TextRef } from '../kernel/fields';
import { PartialDate } from '../kernel/fields-dates';
import { InThreeLanguages, type Worded, worded } from '../kernel/fields-worded';
import { always, command, part } from '../kernel/part';
import { vocabulary } from '../kernel/refusal';
import { askedTwice, type Condition, conditionsOf, DimensionIs } from '../kernel/conditions';

export const comparators = ['=', '>', '>=', '<', '<=', 'about'] as const;
export type Comparator = (typeof comparators)[number];

interface Source {
  document: string;
  date: string;
  says: string;
  page?: string;
}
/** Stored for ever: add optional fields freely; never rename, remove or change a meaning. */
export interface ClaimEvents {
  ClaimPublished: {
    about: Worded;
    value: number;
    comparator: Comparator;
    asOf?: string;
    against: string[];
    /** Of those facts only: a figure of one thing alone. */
    where?: Condition[];
    figure?: string;
    source: Source;
    derived?: string;
    notCountable?: string;
  };
  ClaimWithdrawn: { reason: TextRef };
  DifferenceExplained: { explanation: TextRef };
}

export class ClaimSource {
  @Name('The document') document!: string;
  @PartialDate('Its date') date!: string;
  @Name('What it says, in words of our own', { max: 500 }) says!: string;
  @Name('Page of the document, or its address', { max: 500, optional: true }) page?: string;
}
export class PublishClaim {
  @Item(InThreeLanguages, 'What the figure is of') about!: InThreeLanguages;
  @Figure('The figure') value!: number;
  @OneOf('How it is meant: `about` is within five per cent', comparators) comparator!: Comparator;
  @PartialDate('When it speaks of; left out where nobody said', { optional: true }) asOf?: string;
  @Ref('indicator', 'The indicators it is held against, each a way to count it', { many: [0, 10] }) against!: string[];
  @Items(DimensionIs, 'Of those facts only that have all of these: a figure of one thing alone', { max: 8, optional: true })
  where?: DimensionIs[];
  @Slug('Name of the figure, where several claims are about one', { optional: true }) figure?: string;
  @Item(ClaimSource, 'Who published it') source!: ClaimSource;
  @Name('How it follows from published figures, where nobody published it itself', { max: 500, optional: true }) derived?: string;
  @Name('Why nothing here can be counted against it', { max: 500, optional: true }) notCountable?: string;
}
export class WithdrawClaim {
  @ProtectedText('Why it is no longer claimed') reason!: TextRef;
}
export class ExplainDifference {
  @ProtectedText('Why the recount differs from what was published') explanation!: TextRef;
}

export type Claim =
  | { readonly is: 'absent' }
  | {
      readonly is: 'published' | 'withdrawn';
      readonly published: ClaimEvents['ClaimPublished'];
      readonly explanation?: TextRef;
      readonly reason?: TextRef;
    };

const says = vocabulary({
  NO_SUCH_CLAIM: 'The claim was never published',
  CLAIM_PUBLISHED_OTHERWISE: 'The claim was published already, otherwise',
  CLAIM_WITHDRAWN: 'The claim was withdrawn',
  CLAIM_DIMENSION_TWICE: 'The dimension {dimension} is asked for twice',
  CLAIM_AGAINST_NOTHING: 'Name the indicators it is held against, or say why nothing can be counted against it: the one or the other',
});

const standing = (claim: Claim) =>
  claim.is === 'absent' ? [says.lack('NO_SUCH_CLAIM')] : claim.is === 'withdrawn' ? [says.lack('CLAIM_WITHDRAWN')] : [];

/** A published figure is a claim, not a fact: it stands beside the recount, and a difference is explained, never mended. */
export const claimCourse = part<ClaimEvents, Claim>()({
  says,
  commands: {
    PublishClaim: command(PublishClaim, officers, ['ClaimPublished']),
    WithdrawClaim: command(WithdrawClaim, officers, ['ClaimWithdrawn']),
    ExplainDifference: command(ExplainDifference, [...officers, 'evaluator'], ['DifferenceExplained']),
  },
  initial: { is: 'absent' },
  offers: {
    PublishClaim: () => [{ such: { notCountable: 'such' } }],
    WithdrawClaim: always,
    ExplainDifference: always,
  },

  decide: {
    PublishClaim: ({ about, value, comparator, asOf, against, where, figure, source, derived, notCountable }, claim) => {
      const { document, date, says: said, page } = source;
      const data: ClaimEvents['ClaimPublished'] = {
        ...{ about: worded(about), value, comparator, against: [...against] },
        ...(asOf !== undefined && { asOf }),
        ...(where && where.length > 0 && { where: conditionsOf(where) }),
        ...(figure !== undefined && { figure }),
        source: { document, date, says: said, ...(page !== undefined && { page }) },
        ...(derived !== undefined && { derived }),
        ...(notCountable !== undefined && { notCountable }),
      };
      return claim.is === 'published' && isDeepStrictEqual(claim.published, data) ? [] : [{ type: 'ClaimPublished', data }];
    },
    WithdrawClaim: ({ reason }) => [{ type: 'ClaimWithdrawn', data: { reason } }],
    ExplainDifference: ({ explanation }, claim) =>
      claim.is !== 'absent' && isDeepStrictEqual(claim.explanation, explanation)
        ? []
        : [{ type: 'DifferenceExplained', data: { explanation } }],
  },
  requires: {
    ClaimPublished: ({ is }, { against, where = [], notCountable }) => {
      const dimension = askedTwice(where);
      return [
        ...(is === 'absent' ? [] : [says.lack('CLAIM_PUBLISHED_OTHERWISE')]),
        ...((against.length === 0) === (notCountable !== undefined) ? [] : [says.lack('CLAIM_AGAINST_NOTHING')]),
        ...(dimension === undefined ? [] : [says.lack('CLAIM_DIMENSION_TWICE', { dimension })]),
      ];
    },
    ClaimWithdrawn: standing,
    DifferenceExplained: standing,
  },
  evolve: {
    ClaimPublished: (_, published) => ({ is: 'published', published }),
    ClaimWithdrawn: (claim, { reason }) => (claim.is === 'absent' ? claim : { ...claim, is: 'withdrawn', reason }),
    DifferenceExplained: (claim, { explanation }) => (claim.is === 'absent' ? claim : { ...claim, explanation }),
  },

  measures: { 'claims-published': { counts: 'claims published and not withdrawn' } },
  facts: {
    ClaimPublished: () => [{ measure: 'claims-published', subject: 'claim', quantity: 1 }],
    ClaimWithdrawn: () => [{ measure: 'claims-published', subject: 'claim', quantity: -1 }],
  },
});
