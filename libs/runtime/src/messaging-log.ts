import { SyncError } from '@sync-hub/contracts';
import type { Logger } from '@sync-hub/messaging';
import type { Log } from '@sync-hub/observability';

/** What the runner reported of an error, in the words it was safe to say it in. */
class ReportedError extends SyncError {
  readonly retry = 'never';
}

/** The runner's, the sweep's and the buses' lines in the process's own log; its allow-list decides what passes. */
export const messagingLog = (log: Log): Logger => ({
  log: (level, event, { message, messages, attempts, ...fields }) => {
    const known = { ...fields, ...(typeof messages === 'number' ? { count: messages } : {}), ...(typeof attempts === 'number' ? { attempt: attempts } : {}) };
    if (level !== 'error') return log[level](event, known);
    log.error(
      event,
      new ReportedError(typeof fields['code'] === 'string' ? fields['code'] : 'unexpected', typeof message === 'string' ? message : event),
      known,
    );
  },
});
