import type { Logger } from '@sync-hub/messaging';
import type { Log } from '@sync-hub/observability';

/** The runner's, the sweep's and the buses' lines in the process's own log; its allow-list decides what passes. */
export const messagingLog = (log: Log): Logger => ({
  log: (level, event, { message: _text, messages, attempts, ...fields }) => {
    const known = { ...fields, ...(typeof messages === 'number' ? { count: messages } : {}), ...(typeof attempts === 'number' ? { attempt: attempts } : {}) };
    log[level === 'error' ? 'warn' : level](event, known);
  },
});
