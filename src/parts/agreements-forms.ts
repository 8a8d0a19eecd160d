import { DocumentRef, Items, OneOf, Person, ProtectedText, Ref, Slug, type StoredDocument, type TextRef } from '../kernel/fields';
import { Day } from '../kernel/fields-dates';
import type { Day as WholeDay, PartialDate } from '../kernel/partial-date';

const kinds = ['opening', 'cooperation'] as const;
export type AgreementKind = (typeof kinds)[number];
/** Languages an agreement's copies come in (ISO 639-1): official ones of the European Union and of Latin America, those of some regions and peoples among them. */
const languages = [
  ...['ay', 'bg', 'ca', 'cs', 'da', 'de', 'el', 'en', 'es', 'et', 'eu', 'fi', 'fr', 'ga', 'gl', 'gn', 'hr', 'ht', 'hu', 'it', 'lt', 'lv'],
  ...['mt', 'nl', 'pl', 'pt', 'qu', 'ro', 'sk', 'sl', 'sv'],
] as const;

/** A party signs through somebody who may sign for it. */
export interface Signatory {
  party: string;
  person?: string;
}

/** Stored for ever: add optional fields freely; never rename, remove or change a meaning. */
export interface AgreementEvents {
  /** `validUntil`: its last day, left out where it has no end. */
  AgreementDrafted: { agreement: string; kind: AgreementKind; signatories: Signatory[]; languages: string[]; validUntil?: string };
  AgreementSigned: { agreement: string; party: string; language: string; person?: string };
  AgreementConcluded: { agreement: string };
  AgreementAmended: { agreement: string; amendment: string; subject: TextRef };
  AgreementRenewed: { agreement: string; validUntil: string };
  AgreementExpired: { agreement: string };
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
  @Day('Its last day; left out where it has no end', { optional: true }) validUntil?: string;
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
export class RenewAgreement {
  @Slug('The agreement') agreement!: string;
  @Day('Its new last day') validUntil!: string;
}
export class ExpireAgreement {
  @Slug('The agreement') agreement!: string;
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
  readonly is: 'draft' | 'concluded' | 'expired' | 'terminated';
  readonly kind: AgreementKind;
  readonly signatories: readonly Signatory[];
  readonly languages: readonly string[];
  readonly signed: readonly { readonly party: string; readonly language: string; readonly person?: string; readonly on: PartialDate }[];
  readonly amendments: Readonly<Record<string, TextRef>>;
  readonly concludedOn?: PartialDate;
  /** The last day it was drafted for. */
  readonly draftedUntil?: WholeDay;
  /** Its last day as it was renewed; it is due to expire on it while it `is` concluded. Left out where it has no end. */
  readonly validUntil?: WholeDay;
  /** In the order of recording. */
  readonly renewals?: readonly { readonly on: PartialDate; readonly validUntil: WholeDay }[];
  readonly expiries?: readonly PartialDate[];
  readonly terminatedOn?: PartialDate;
  readonly terminated?: TextRef;
  /** Signed copies as they are kept, by language. */
  readonly copies?: Readonly<Record<string, StoredDocument>>;
}
export type Agreements = Readonly<Record<string, Agreement>>;
