import { Country, DocumentRef, Name, OneOf, ProtectedText, type StoredDocument, type TextRef, type Whole, YesNo } from '../kernel/fields';

export const kinds = ['programme', 'initiative', 'affiliated-project'] as const;
export type Kind = (typeof kinds)[number];
/** Knowledge, culture and social cohesion are the core areas; other instruments cut across (page of the General Secretariat on Ibero-American cooperation, undated). */
export const areas = ['culture', 'knowledge', 'social-cohesion', 'cross-cutting'] as const;
export type Area = (typeof areas)[number];

/** Stored for ever: add optional fields freely; never rename, remove or change a meaning. */
export interface PipaCourseEvents {
  PipaRegistered: { name: string; kind: Kind; area?: Area };
  PipaProfileProposed: { document?: StoredDocument };
  PipaFormulationBegun: Record<string, never>;
  PipaSubmitted: { document?: StoredDocument };
  PipaAgreedByHeadsOfCooperation: { meeting?: string };
  PipaAgreedByMinisters: { meeting?: string };
  PipaApproved: { summit?: string };
  PipaConstituted: Record<string, never>;
  PipaStarted: Record<string, never>;
  PipaConcluded: { reason?: TextRef };
  PipaKindChanged: { becomes: Kind; summit?: string };
  CountryInvited: { country: string };
  CountryAcceded: { country: string };
  /** `source` names it among the members on the date of the event, without saying since when. */
  CountryListed: { country: string; source: string };
  /** `inferred`: nobody said so; a later list, the `source`, no longer names it. */
  CountryWithdrew: { country: string; inferred: boolean; source?: string; reason?: TextRef };
  MinimumAlertOpened: { minimum: Whole; members: Whole };
  /** `minimum`: left out where none is watched any more. */
  MinimumAlertClosed: { minimum?: Whole; members: Whole };
}

export class RegisterPipa {
  @Name('Its name') name!: string;
  @OneOf('What it is to begin with', kinds) kind!: Kind;
  @OneOf('Its area; left out where nobody said', areas, { optional: true }) area?: Area;
}
export class ProposeProfile {
  @DocumentRef('The profile', { optional: true }) document?: StoredDocument;
}
export class BeginFormulation {}
export class SubmitPipa {
  @DocumentRef('The document of formulation', { optional: true }) document?: StoredDocument;
}
export class AgreeByHeadsOfCooperation {
  @Name('Their meeting; left out where it is not known', { optional: true }) meeting?: string;
}
export class AgreeByMinisters {
  @Name('Their meeting; left out where it is not known', { optional: true }) meeting?: string;
}
export class ApprovePipa {
  @Name('The Summit that approved it; left out where it is not known', { optional: true }) summit?: string;
}
export class ConstitutePipa {}
export class StartPipa {}
export class ConcludePipa {
  @ProtectedText('Why', { optional: true }) reason?: TextRef;
}
export class ChangePipaKind {
  @OneOf('What it is from then on', kinds) becomes!: Kind;
  @Name('The Summit that decided it; left out where it is not known', { optional: true }) summit?: string;
}
export class InviteCountry {
  @Country('The country') country!: string;
}
export class AccedeCountry {
  @Country('The country') country!: string;
}
export class ListCountries {
  @Country('The countries that the source names as members', { many: [1, 60] }) countries!: string[];
  @Name('The source: the document or its address', { max: 500 }) source!: string;
}
export class WithdrawCountry {
  @Country('The country') country!: string;
  @YesNo('Nobody said so: a later list no longer names it', { optional: true }) inferred?: boolean;
  @Name('The source, such as that list', { max: 500, optional: true }) source?: string;
  @ProtectedText('Why', { optional: true }) reason?: TextRef;
}
export class ReviewMinimum {}
