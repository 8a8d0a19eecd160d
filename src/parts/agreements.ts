import { isDeepStrictEqual } from 'node:util';
import { officers, type Role } from '../kernel/fields';
import { command, deadline, type Fact, part } from '../kernel/part';
import { certainlyAfter, firstDay, lastDay, later } from '../kernel/partial-date';
import {
  type Agreement,
  type AgreementEvents,
  type Agreements,
  AmendAgreement,
  AttachAgreementCopy,
  DraftAgreement,
  ExpireAgreement,
  RenewAgreement,
  SignAgreement,
  type Signatory,
  type SignatoryForm,
  TerminateAgreement,
} from './agreements-forms';
import { says } from './agreements-says';
import { expirable, inForce, inItsTime, mustBe, renewable } from './agreements-validity';

/** The parties of each side: every side has a signatory. */
interface Needs {
  readonly sides: readonly { readonly side: string; readonly parties: readonly string[] }[];
}

const unsigned = ({ signatories, languages, signed }: Agreement) =>
  signatories.flatMap(({ party }) =>
    languages
      .filter((language) => !signed.some((each) => each.party === party && each.language === language))
      .map((language) => ({ party, language })),
  );
const signatureMissing = (agreement: Agreement) => unsigned(agreement).map((each) => says.lack('SIGNATURE_MISSING', each));
const ofEach = <More extends object>(agreements: Agreements, more: (now: Agreement) => readonly More[]) =>
  Object.entries(agreements).flatMap(([agreement, now]) => more(now).map((each) => ({ known: { agreement, ...each } })));
const everyOne = (agreements: Agreements) => ofEach(agreements, () => [{}]);
/** The day of the latest signature or, where that is later, of the conclusion itself. */
export const concludedWith = (agreement: Agreement | undefined, occurredOn: string): string =>
  (agreement?.signed ?? []).reduce((latest, { on }) => later(latest, on), occurredOn);
const change = (agreements: Agreements, agreement: string, to: (now: Agreement) => Agreement): Agreements =>
  agreements[agreement] ? { ...agreements, [agreement]: to(agreements[agreement]) } : agreements;
const drafted = (agreement: string, { kind, signatories, languages, draftedUntil: validUntil }: Agreement) => ({
  ...{ agreement, kind, signatories, languages },
  ...(validUntil !== undefined && { validUntil }),
});
const listed = (signatories: readonly SignatoryForm[]): Signatory[] =>
  signatories.map(({ party, person }) => ({ party, ...(person && { person }) }));

const inForceBy = (agreement: string, { kind }: Agreement, quantity: 1 | -1): Fact<'agreements-in-force'> => ({
  measure: 'agreements-in-force',
  subject: `agreement ${agreement}`,
  quantity,
  by: { agreement: kind },
});
/** Whoever may record that a day has come. */
const clocks: readonly Role[] = [...officers, 'service'];

/** Opening and cooperation agreements: drafted, signed by every signatory in every language copy, concluded with the last signature, amended, renewed, expired, terminated. */
export const agreements = part<AgreementEvents, Agreements, Needs>()({
  says,
  commands: {
    DraftAgreement: command(DraftAgreement, officers, ['AgreementDrafted']),
    SignAgreement: command(SignAgreement, officers, ['AgreementSigned', 'AgreementConcluded']),
    AmendAgreement: command(AmendAgreement, officers, ['AgreementAmended']),
    RenewAgreement: command(RenewAgreement, officers, ['AgreementRenewed']),
    ExpireAgreement: command(ExpireAgreement, clocks, ['AgreementExpired']),
    TerminateAgreement: command(TerminateAgreement, officers, ['AgreementTerminated']),
    AttachAgreementCopy: command(AttachAgreementCopy, officers, ['AgreementCopyAttached']),
  },
  initial: {},
  offers: {
    DraftAgreement: (_, { sides }) => [{ such: { signatories: sides.flatMap(({ parties }) => parties.map((party) => ({ party }))) } }],
    SignAgreement: (agreements) => ofEach(agreements, (now) => (now.is === 'draft' ? unsigned(now) : [])),
    AmendAgreement: everyOne,
    RenewAgreement: (agreements) => everyOne(agreements).map((each) => ({ ...each, such: { validUntil: '2199-12-31' } })),
    ExpireAgreement: (agreements) =>
      Object.entries(agreements).flatMap(([agreement, { validUntil: on }]) => (on === undefined ? [] : [{ known: { agreement }, on }])),
    TerminateAgreement: everyOne,
    AttachAgreementCopy: (agreements) => ofEach(agreements, ({ languages }) => languages.map((language) => ({ language }))),
  },

  decide: {
    DraftAgreement: ({ agreement, kind, signatories, languages, validUntil }, agreements) => {
      const now = agreements[agreement];
      const data = {
        agreement,
        kind,
        signatories: listed(signatories),
        languages: [...languages],
        ...(validUntil !== undefined && { validUntil }),
      };
      if (now && isDeepStrictEqual(drafted(agreement, now), data)) return [];
      return [{ type: 'AgreementDrafted', data }];
    },
    SignAgreement: ({ agreement, party, language, person }, agreements, { occurredOn }) => {
      const now = agreements[agreement];
      if (
        now?.signed.some((each) => each.party === party && each.language === language && each.person === person && each.on === occurredOn)
      )
        return [];
      const signed = { type: 'AgreementSigned' as const, data: { agreement, party, language, ...(person && { person }) } };
      const others = now ? signatureMissing(now).filter(({ values }) => values['party'] !== party || values['language'] !== language) : [];
      return others.length > 0 ? [signed] : [signed, { type: 'AgreementConcluded', data: { agreement } }];
    },
    AmendAgreement: ({ agreement, amendment, subject }, agreements) => {
      if (isDeepStrictEqual(agreements[agreement]?.amendments[amendment], subject)) return [];
      return [{ type: 'AgreementAmended', data: { agreement, amendment, subject } }];
    },
    RenewAgreement: ({ agreement, validUntil }, agreements, { occurredOn }) =>
      agreements[agreement]?.renewals?.some((each) => each.on === occurredOn && each.validUntil === validUntil)
        ? []
        : [{ type: 'AgreementRenewed', data: { agreement, validUntil } }],
    ExpireAgreement: ({ agreement }, agreements, { occurredOn }) =>
      agreements[agreement]?.expiries?.includes(occurredOn) ? [] : [{ type: 'AgreementExpired', data: { agreement } }],
    TerminateAgreement: ({ agreement, reason }, agreements) => {
      const now = agreements[agreement];
      if (now?.is === 'terminated' && isDeepStrictEqual(now.terminated, reason)) return [];
      return [{ type: 'AgreementTerminated', data: { agreement, reason } }];
    },
    AttachAgreementCopy: ({ agreement, language, document }, agreements) =>
      isDeepStrictEqual(agreements[agreement]?.copies?.[language], document)
        ? []
        : [{ type: 'AgreementCopyAttached', data: { agreement, language, document } }],
  },

  requires: {
    AgreementDrafted: (agreements, { agreement, signatories }, _, { sides }) => {
      if (agreements[agreement]) return [says.lack('AGREEMENT_ALREADY_DRAFTED', { agreement })];
      const parties = signatories.map(({ party }) => party);
      const belongs = new Set(sides.flatMap((side) => side.parties));
      return [
        ...parties.filter((party, i) => parties.indexOf(party) !== i).map((party) => says.lack('SIGNATORY_TWICE', { party })),
        ...parties.filter((party) => !belongs.has(party)).map((party) => says.lack('SIGNATORY_OUTSIDE', { party })),
        ...sides
          .filter((side) => !side.parties.some((party) => parties.includes(party)))
          .map(({ side }) => says.lack('SIDE_WITHOUT_SIGNATORY', { side })),
      ];
    },
    AgreementSigned: (agreements, data) => {
      const { agreement, party, language } = data;
      const now = agreements[agreement];
      if (now && !now.signatories.some((each) => each.party === party)) return [says.lack('NOT_A_SIGNATORY', { party, agreement })];
      if (now && !now.languages.includes(language)) return [says.lack('NO_SUCH_COPY', { agreement, language })];
      if (now?.signed.some((each) => each.party === party && each.language === language))
        return [says.lack('SIGNED_ALREADY', { party, language })];
      return mustBe('draft')(agreements, data);
    },
    AgreementConcluded: (agreements, data, { occurredOn }) => {
      const now = agreements[data.agreement];
      const until = now?.draftedUntil;
      const concludedOn = concludedWith(now, occurredOn);
      const late = until !== undefined && certainlyAfter(concludedOn, until);
      return [
        ...mustBe('draft')(agreements, data),
        ...(now ? signatureMissing(now) : []),
        ...(late ? [says.lack('CONCLUDED_TOO_LATE', { agreement: data.agreement, until, concludedOn })] : []),
      ];
    },
    AgreementAmended: (agreements, data, moment) => [
      ...inForce(agreements, data, moment),
      ...(agreements[data.agreement]?.amendments[data.amendment]
        ? [says.lack('AMENDMENT_ALREADY_MADE', { amendment: data.amendment })]
        : []),
    ],
    AgreementRenewed: renewable,
    AgreementExpired: expirable,
    AgreementTerminated: mustBe('concluded'),
    AgreementCopyAttached: (agreements, { agreement, language, document }) => {
      const now = agreements[agreement];
      if (!now) return [says.lack('NO_SUCH_AGREEMENT', { agreement })];
      if (!now.languages.includes(language)) return [says.lack('NO_SUCH_COPY', { agreement, language })];
      if (now.copies?.[language]) return [says.lack('COPY_ATTACHED_ALREADY', { agreement, language })];
      return [
        ...signatureMissing(now).filter(({ values }) => values['language'] === language),
        ...(document.language === undefined || document.language === language
          ? []
          : [says.lack('COPY_IN_ANOTHER_LANGUAGE', { is: document.language, language })]),
      ];
    },
  },

  evolve: {
    AgreementDrafted: (agreements, { agreement, kind, signatories, languages, validUntil }) => ({
      ...agreements,
      [agreement]: {
        ...{ is: 'draft', kind, signatories, languages, signed: [], amendments: {} },
        ...(validUntil !== undefined && { draftedUntil: validUntil, validUntil }),
      },
    }),
    AgreementSigned: (agreements, { agreement, party, language, person }, { occurredOn }) =>
      change(agreements, agreement, (now) => ({
        ...now,
        signed: [...now.signed, { party, language, ...(person && { person }), on: occurredOn }],
      })),
    AgreementConcluded: (agreements, { agreement }, { occurredOn }) =>
      change(agreements, agreement, (now) => ({ ...now, is: 'concluded', concludedOn: concludedWith(now, occurredOn) })),
    AgreementAmended: (agreements, { agreement, amendment, subject }) =>
      change(agreements, agreement, (now) => ({ ...now, amendments: { ...now.amendments, [amendment]: subject } })),
    AgreementRenewed: (agreements, { agreement, validUntil }, { occurredOn: on }) =>
      change(agreements, agreement, (now) => inItsTime({ ...now, renewals: [...(now.renewals ?? []), { on, validUntil }] })),
    AgreementExpired: (agreements, { agreement }, { occurredOn }) =>
      change(agreements, agreement, (now) => inItsTime({ ...now, expiries: [...(now.expiries ?? []), occurredOn] })),
    AgreementTerminated: (agreements, { agreement, reason }, { occurredOn }) =>
      change(agreements, agreement, (now) => ({ ...now, is: 'terminated', terminated: reason, terminatedOn: occurredOn })),
    AgreementCopyAttached: (agreements, { agreement, language, document }) =>
      change(agreements, agreement, (now) => ({ ...now, copies: { ...now.copies, [language]: document } })),
  },

  measures: {
    'agreements-concluded': { counts: 'agreements concluded', by: ['agreement'] },
    'agreements-in-force': { counts: 'agreements concluded and neither expired nor terminated', by: ['agreement'] },
    'agreements-renewed': { counts: 'renewals of agreements', by: ['agreement'] },
  },
  facts: {
    AgreementConcluded: ({ agreement }, after) => {
      const { kind, concludedOn: on } = after[agreement]!;
      const dated = on === undefined ? {} : { on };
      return [
        { measure: 'agreements-concluded' as const, subject: `agreement ${agreement}`, quantity: 1, ...dated, by: { agreement: kind } },
        { ...inForceBy(agreement, after[agreement]!, 1), ...dated },
      ];
    },
    AgreementRenewed: ({ agreement }, after, before) => [
      { measure: 'agreements-renewed' as const, subject: `agreement ${agreement}`, quantity: 1, by: { agreement: after[agreement]!.kind } },
      ...(before[agreement]!.is === 'expired' && after[agreement]!.is === 'concluded' ? [inForceBy(agreement, after[agreement]!, 1)] : []),
    ],
    // One that is known to have been renewed since goes on counting.
    AgreementExpired: ({ agreement }, after, before) =>
      before[agreement]!.is === 'concluded' && after[agreement]!.is === 'expired' ? [inForceBy(agreement, after[agreement]!, -1)] : [],
    AgreementTerminated: ({ agreement }, after) => [inForceBy(agreement, after[agreement]!, -1)],
  },

  due: (agreements) =>
    Object.entries(agreements).flatMap(([agreement, { is, validUntil }]) =>
      is === 'concluded' && validUntil !== undefined ? [{ on: validUntil, name: 'ExpireAgreement' as const, body: { agreement } }] : [],
    ),
  // The last day of one that is in force: a renewal moves it, and one that expired or was terminated has nothing left to renew.
  deadlines: (agreements) =>
    Object.entries(agreements).flatMap(([agreement, { is, validUntil }]) =>
      is === 'concluded' && validUntil !== undefined ? [deadline('agreement-expiry', agreement, validUntil, undefined)] : [],
    ),
  precludes: {
    RenewAgreement:
      ({ agreement, validUntil }, _, occurredOn) =>
      (fact) =>
        fact.type === 'AgreementExpired' &&
        fact.data.agreement === agreement &&
        lastDay(occurredOn) <= firstDay(fact.occurredOn) &&
        firstDay(fact.occurredOn) < validUntil,
  },
});
