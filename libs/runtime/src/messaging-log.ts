import { type SafeDetails, SyncError } from '@sync-hub/contracts';
import type { Logger } from '@sync-hub/messaging';
import { LOG_FIELDS, type Log, type LogFields } from '@sync-hub/observability';

/** What the runner reported of an error, in the words it was safe to say it in. */
class ReportedError extends SyncError {
  readonly retry = 'never';
}

/** The runner's, the sweep's and the buses' lines in the process's own log; its allow-list decides what passes. What it has no key for goes with the error. */
export const messagingLog = (log: Log): Logger => ({
  log: (level, event, { message, messages, attempts, ...said }) => {
    const counts = { ...(typeof messages === 'number' ? { count: messages } : {}), ...(typeof attempts === 'number' ? { attempt: attempts } : {}) };
    const [fields, others] = split(said);
    const reported = (): ReportedError =>
      new ReportedError(typeof said['code'] === 'string' ? said['code'] : 'unexpected', typeof message === 'string' ? message : event, others);
    if (level === 'error') return log.error(event, reported(), { ...fields, ...counts });
    if (level === 'warn' && typeof message === 'string') return log.warn(event, { ...fields, ...counts }, reported());
    log[level](event, { ...fields, ...counts });
  },
});

function split(said: SafeDetails): readonly [LogFields, SafeDetails] {
  const entries = Object.entries(said);
  const isKnown = ([key]: readonly [string, unknown]): boolean => Object.hasOwn(LOG_FIELDS, key);
  return [Object.fromEntries(entries.filter(isKnown)), Object.fromEntries(entries.filter((entry) => !isKnown(entry)))];
}
