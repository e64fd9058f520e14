import { type SafeDetails, SyncError } from '@sync-hub/contracts';

const WHAT_TO_DO =
  'Put them back from where you keep them. If they are lost for good, nobody can read what the hub has stored of records; the sites still hold everything: docs/runbooks/standalone.md, "A lost key"';

/** The keys that a database was sealed with are not here. Nothing was changed. */
export class LostKeysError extends SyncError {
  readonly retry = 'never';
  constructor(what: string, details: SafeDetails = {}) {
    super('keys-lost', `${what}. ${WHAT_TO_DO}`, details);
  }
}
