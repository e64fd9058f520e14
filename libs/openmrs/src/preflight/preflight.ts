import type { Client, RecordCategory, Teller } from '@sync-hub/categories';
import type { Aggregate, Uuid } from '@sync-hub/contracts';
import type { Charset } from '../charset.js';
import type { ServerManners } from '../server-manners.js';

/** What a link, or all links of a site, ask of it. */
export interface SiteNeeds {
  /** Classes that are read there, because they travel from or to it. */
  readonly reads: readonly RecordCategory[];
  /** Classes that are written there. */
  readonly writes: readonly RecordCategory[];
  /** Categories of its feed that are followed. */
  readonly feeds: readonly string[];
  /** Who tells of its changes, as the configuration says. */
  readonly teller: Teller;
  /** By which clients records are to be written there. */
  readonly clients: readonly Client[];
  /** Is it the parent of a link, so that the engine's claim is written there as a setting? */
  readonly isParent: boolean;
  /** What the mappings of its links say of it. */
  readonly mapped: readonly MappedNeed[];
  /** Does a catchment of one of its children go by cohorts of it? */
  readonly readsCohorts: boolean;
}

/** Something that the site must have, or must not, under this uuid, for a link maps it. */
export interface MappedNeed {
  readonly link: string;
  readonly kind: Aggregate;
  readonly uuid: Uuid;
  readonly mustBeThere: boolean;
}

/** How the site took the first request and our login. `reason` is a constant of ours, never a server's text. */
export type FirstContact =
  | { readonly kind: 'let-in' }
  | { readonly kind: 'not-let-in' }
  /** Nobody answered: an address, a network, a certificate. */
  | { readonly kind: 'no-answer'; readonly reason: string }
  /** Something answered that is not webservices.rest. */
  | { readonly kind: 'not-openmrs'; readonly status: number | null };

/** One of the site's feeds. `unreadable` carries our code. */
export type FeedFact =
  | { readonly category: string; readonly kind: 'entries'; readonly newest: string; readonly perPage: number | null; readonly actionsNamed: boolean }
  | { readonly category: string; readonly kind: 'never-had-an-entry' }
  /** Asked of fhir2, where the site is known by that. */
  | { readonly category: string; readonly kind: 'scanned'; readonly hasAny: boolean }
  | { readonly category: string; readonly kind: 'unreadable'; readonly code: string };

/** What was asked of a site and found, as far as it let us in. `null` is what could not be learned, for want of a privilege mostly. */
export interface PreflightFacts {
  readonly baseUrl: string;
  readonly contact: FirstContact;
  readonly account: { readonly uuid: Uuid | null; readonly privileges: readonly string[]; readonly isSuperUser: boolean } | null;
  readonly platform: string | null;
  /** Versions of its modules by id; `null` where the list was not to be had. */
  readonly modules: Readonly<Record<string, string>> | null;
  readonly clockSkewMs: number | null;
  /** How far off that may be. */
  readonly clockWithinMs: number;
  readonly manners: ServerManners;
  /** Of the newest page of the first feed that is followed; `null` where there is none, or none to be had. */
  readonly feedCharset: Charset | null;
  /** Its settings by property, `null` for one that is not set; `null` as a whole where settings may not be read. */
  readonly settings: Readonly<Record<string, string | null>> | null;
  readonly feeds: readonly FeedFact[];
  /** What is not as the mappings of its links say. */
  readonly mismapped: readonly MappedNeed[];
}

/** One thing that was looked at. */
export interface Finding {
  /** What was looked at, in a few words. */
  readonly check: string;
  readonly verdict: 'ok' | 'warning' | 'problem';
  /** What was found, in plain words. */
  readonly found: string;
  /** What to do about it; `null` where nothing is to be done. */
  readonly fix: string | null;
}

export const ok = (check: string, found: string): Finding => ({ check, verdict: 'ok', found, fix: null });
export const warning = (check: string, found: string, fix: string): Finding => ({ check, verdict: 'warning', found, fix });
export const problem = (check: string, found: string, fix: string): Finding => ({ check, verdict: 'problem', found, fix });
