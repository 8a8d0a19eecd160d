import { isDeepStrictEqual } from 'node:util';
import { DocumentRef, Items, officers, OneOf, Person, ProtectedText, Ref, Slug, type StoredDocument, type TextRef } from '../kernel/fields';
import { command, part } from '../kernel/lifecycle';
import { later } from '../kernel/partial-date';
import { vocabulary } from '../kernel/refusal';

const kinds = ['opening', 'cooperation'] as const;
export type AgreementKind = (typeof kinds)[number];
/** Languages an agreement's copies come in (ISO 639-1). */
const languages = ['de', 'el', 'en', 'es', 'fr', 'hr', 'it', 'pt', 'ro'] as const;

/** A party signs through somebody who may sign for it. */
export interface Signatory {
  party: string;
  person?: string;
}

/** Stored for ever: add optional fields freely; never rename, remove or change a meaning. */
export interface AgreementEvents {
  AgreementDrafted: { agreement: string; kind: AgreementKind; signatories: Signatory[]; languages: string[] };
  AgreementSigned: { agreement: string; party: string; language: string; person?: string };
  AgreementConcluded: { agreement: string };
  AgreementAmended: { agreement: string; amendment: string; subject: TextRef };
  AgreementTerminated: { agreement: string; reason: TextRef };
  AgreementCopyAttached: { agreement: string; language: string; document: StoredDocument };
}

export class SignatoryForm {
  @Ref('party', 'The party that signs') party!: string;
  @Person('Who signs for it', { optional: true }) person?: string;
}
export class DraftAgreement {
  @Slug('The agreement') agreement!: string;
  @OneOf('Opening (collaboration or partnership) or cooperation agreement', kinds) kind!: AgreementKind;
  @Items(SignatoryForm, 'Who has to sign', { min: 2, max: 30 }) signatories!: SignatoryForm[];
  @OneOf('The language copies', languages, { many: [1, languages.length] }) languages!: string[];
}
export class SignAgreement {
  @Slug('The agreement') agreement!: string;
  @Ref('party', 'The party that signs') party!: string;
  @OneOf('The copy that is signed', languages) language!: string;
  @Person('Who signed, where it was somebody else than drafted', { optional: true }) person?: string;
}
export class AmendAgreement {
  @Slug('The agreement') agreement!: string;
  @Slug('The amendment') amendment!: string;
  @ProtectedText('What it changes') subject!: TextRef;
}
export class TerminateAgreement {
  @Slug('The agreement') agreement!: string;
  @ProtectedText('Why') reason!: TextRef;
}
export class AttachAgreementCopy {
  @Slug('The agreement') agreement!: string;
  @OneOf('Which of its copies', languages) language!: string;
  @DocumentRef('The copy as it was signed') document!: StoredDocument;
}

export interface Agreement {
  readonly is: 'draft' | 'concluded' | 'terminated';
  readonly kind: AgreementKind;
  readonly signatories: readonly Signatory[];
  readonly languages: readonly string[];
  readonly signed: readonly { readonly party: string; readonly language: string; readonly person?: string; readonly on: string }[];
  readonly amendments: Readonly<Record<string, TextRef>>;
  readonly concludedOn?: string;
  readonly terminated?: TextRef;
  /** Signed copies as they are kept, by language. */
  readonly copies?: Readonly<Record<string, StoredDocument>>;
}
export type Agreements = Readonly<Record<string, Agreement>>;
/** The parties of each side: every side has a signatory. */
interface Needs {
  readonly sides: readonly { readonly side: string; readonly parties: readonly string[] }[];
}

const says = vocabulary({
  NO_SUCH_AGREEMENT: 'There is no agreement {agreement}',
  AGREEMENT_ALREADY_DRAFTED: 'Agreement {agreement} was already drafted, otherwise',
  AGREEMENT_NOT_OPEN: 'Agreement {agreement} is {is, select, draft {only a draft} concluded {concluded already} other {terminated}}',
  NOT_A_SIGNATORY: '{party} is not among those who sign {agreement}',
  NO_SUCH_COPY: 'Agreement {agreement} has no copy in {language}',
  SIGNED_ALREADY: '{party} has signed the copy in {language} already',
  SIGNATORY_TWICE: '{party} is named twice among those who sign',
  SIGNATORY_OUTSIDE: '{party} belongs to no side',
  SIDE_WITHOUT_SIGNATORY: 'Nobody signs for the {side} side',
  SIGNATURE_MISSING: '{party} has not signed the copy in {language}',
  COPY_ATTACHED_ALREADY: 'The copy of agreement {agreement} in {language} is attached already: correct that fact to replace it',
  COPY_IN_ANOTHER_LANGUAGE: 'The document is in {is}, and the copy in {language}',
  AMENDMENT_ALREADY_MADE: 'Amendment {amendment} was already made, otherwise',
});

const is =
  (wanted: Agreement['is']) =>
  (agreements: Agreements, { agreement }: { agreement: string }) => {
    const now = agreements[agreement];
    if (!now) return [says.lack('NO_SUCH_AGREEMENT', { agreement })];
    return now.is === wanted ? [] : [says.lack('AGREEMENT_NOT_OPEN', { agreement, is: now.is })];
  };
const signatureMissing = ({ signatories, languages, signed }: Agreement) =>
  signatories.flatMap(({ party }) =>
    languages
      .filter((language) => !signed.some((each) => each.party === party && each.language === language))
      .map((language) => says.lack('SIGNATURE_MISSING', { party, language })),
  );
/** The day of the latest signature or, where that is later, of the conclusion itself. */
export const concludedWith = (agreement: Agreement | undefined, occurredOn: string): string =>
  (agreement?.signed ?? []).reduce((latest, { on }) => later(latest, on), occurredOn);
const change = (agreements: Agreements, agreement: string, to: (now: Agreement) => Agreement): Agreements =>
  agreements[agreement] ? { ...agreements, [agreement]: to(agreements[agreement]) } : agreements;
const listed = (signatories: readonly SignatoryForm[]): Signatory[] =>
  signatories.map(({ party, person }) => ({ party, ...(person && { person }) }));

/** Opening and cooperation agreements: drafted, signed by every signatory in every language copy, concluded with the last signature, amended, terminated. */
export const agreements = part<AgreementEvents, Agreements, Needs>()({
  says,
  commands: {
    DraftAgreement: command(DraftAgreement, officers, ['AgreementDrafted']),
    SignAgreement: command(SignAgreement, officers, ['AgreementSigned', 'AgreementConcluded']),
    AmendAgreement: command(AmendAgreement, officers, ['AgreementAmended']),
    TerminateAgreement: command(TerminateAgreement, officers, ['AgreementTerminated']),
    AttachAgreementCopy: command(AttachAgreementCopy, officers, ['AgreementCopyAttached']),
  },
  initial: {},

  decide: {
    DraftAgreement: ({ agreement, kind, signatories, languages }, agreements) => {
      const now = agreements[agreement];
      const data = { agreement, kind, signatories: listed(signatories), languages: [...languages] };
      if (now && isDeepStrictEqual({ agreement, kind: now.kind, signatories: now.signatories, languages: now.languages }, data)) return [];
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
      return is('draft')(agreements, data);
    },
    AgreementConcluded: (agreements, data) => {
      const now = agreements[data.agreement];
      return [...is('draft')(agreements, data), ...(now ? signatureMissing(now) : [])];
    },
    AgreementAmended: (agreements, data) => [
      ...is('concluded')(agreements, data),
      ...(agreements[data.agreement]?.amendments[data.amendment]
        ? [says.lack('AMENDMENT_ALREADY_MADE', { amendment: data.amendment })]
        : []),
    ],
    AgreementTerminated: is('concluded'),
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
    AgreementDrafted: (agreements, { agreement, kind, signatories, languages }) => ({
      ...agreements,
      [agreement]: { is: 'draft', kind, signatories, languages, signed: [], amendments: {} },
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
    AgreementTerminated: (agreements, { agreement, reason }) =>
      change(agreements, agreement, (now) => ({ ...now, is: 'terminated', terminated: reason })),
    AgreementCopyAttached: (agreements, { agreement, language, document }) =>
      change(agreements, agreement, (now) => ({ ...now, copies: { ...now.copies, [language]: document } })),
  },

  facts: {
    AgreementConcluded: ({ agreement }, after) => [
      { measure: 'agreements-concluded', subject: `agreement ${agreement}`, quantity: 1, by: { agreement: after[agreement]!.kind } },
      { measure: 'agreements-in-force', subject: `agreement ${agreement}`, quantity: 1, by: { agreement: after[agreement]!.kind } },
    ],
    AgreementTerminated: ({ agreement }, after) => [
      { measure: 'agreements-in-force', subject: `agreement ${agreement}`, quantity: -1, by: { agreement: after[agreement]!.kind } },
    ],
  },
});
