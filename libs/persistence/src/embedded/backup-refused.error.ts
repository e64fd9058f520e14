import { type SafeDetails, SyncError } from '@sync-hub/contracts';

/** No backup was made, or none was put back, and nothing was changed; the message says why and what to do. */
export class BackupRefusedError extends SyncError {
  readonly retry = 'never';
  constructor(message: string, details: SafeDetails = {}) {
    super('backup-refused', message, details);
  }
}
