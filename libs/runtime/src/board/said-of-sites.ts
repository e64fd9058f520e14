import type { SiteId } from '@sync-hub/contracts';

/** How a site's server tells what it tells, as it was last asked. An answer kept by an earlier release lacks some. */
export interface SiteFactsOverview {
  readonly askedAt: Date;
  /** Its clock minus ours in milliseconds, and how far off that may be. */
  readonly clockSkewMs: number | null;
  readonly clockWithinMs: number | null;
  readonly pages: { readonly usual: number | null; readonly most: number | null } | null;
  readonly charset: { readonly declared: string | null; readonly holds: boolean } | null;
  /** Does it make records, and parts of records, under our uuids? */
  readonly takesUuids: boolean;
  readonly takesItemUuids: boolean;
  readonly feedFlavour: 'generic' | 'bahmni' | null;
  readonly fhir2: string | null;
}

/** What a site said otherwise than the time before. */
export interface SiteChangesOverview {
  readonly at: Date;
  readonly changes: readonly { readonly what: string; readonly before: string; readonly now: string }[];
}

/** What a site does not take from us of a class, for one reason: those who wait for it go on by themselves when it opens. */
export interface ClosedClassOverview {
  readonly site: SiteId;
  readonly class: string;
  /** `look`: for other sites; `read`, `write` (anything), `make`, `change`, `void`, `restore`: as a target. */
  readonly does: readonly ('look' | 'read' | 'write' | 'make' | 'change' | 'void' | 'restore')[];
  /** `unsupported`: what runs there cannot. `not-allowed`: our account lacks a privilege. */
  readonly code: 'unsupported' | 'not-allowed';
  readonly privilege: string | null;
  /** In plain words, with the module or section that is wanting. */
  readonly because: string;
  readonly since: Date;
  /** Jobs and changes that wait for it; they are in no other list. */
  readonly waiting: number;
}
