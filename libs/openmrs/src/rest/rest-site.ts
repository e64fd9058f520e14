import type { RecordRef, Uuid } from '@sync-hub/contracts';
import type { AliasBook } from '../alias-book.js';
import type { SiteCapabilities } from '../capabilities.js';
import type { FhirResources } from '../fhir/fhir-resources.js';
import type { CallOptions } from '../site-client.js';
import type { KnownUsers } from './known-users.js';
import type { PatientsBehind } from './patients-behind.js';
import type { RestBody, RestResources } from './rest-resources.js';

/** What the parts of the REST client share. */
export interface RestSite {
  readonly rest: RestResources;
  readonly fhir: FhirResources;
  readonly aliases: AliasBook;
  readonly users: KnownUsers;
  /** The name by which we log in. */
  readonly login: string;
  /** The uuid there of the account by which we log in; `null` where the session does not tell it. Asked for anew each time. */
  readonly account: (options: CallOptions) => Promise<Uuid | null>;
  readonly patients: PatientsBehind;
  /** Whom the record hangs on, as the ends of a link have agreed; under uuids known everywhere. */
  readonly patientOf: (record: RecordRef) => Promise<Uuid | null>;
  readonly capabilities: (options: CallOptions) => Promise<SiteCapabilities>;
}

/** What a site says of a record at its path: its body; nothing under that uuid; or that it is voided, and no more than that. */
export type Told = RestBody | 'absent' | 'gone';
