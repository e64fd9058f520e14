import { type SafeDetails, SyncError } from '@sync-hub/contracts';

/** The embedded database cannot run here; the message says what to change. */
export class DatabaseNotStartedError extends SyncError {
  readonly retry = 'never';
  constructor(message: string, details: SafeDetails = {}) {
    super('database-not-started', message, details);
  }
}
