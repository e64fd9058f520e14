import { until } from '@sync-hub/messaging/testing';

export type Query = (sql: string, parameters?: readonly unknown[]) => Promise<readonly object[]>;

/** Waits as the hub's books tell, and says where it waits in vain what they say is open. */
export interface Watched {
  readonly has: (what: string, holds: () => unknown, everyMs?: number) => Promise<unknown>;
  readonly books: (sql: string, ...parameters: readonly unknown[]) => () => Promise<boolean>;
}

export function watching(query: Query): Watched {
  const open = `select 'change at ' || site || ' of ' || aggregate || ' ' || state || ' round ' || round || ' ' || coalesce(reason, '') as line from change where state <> 'ended'
    union all select 'job ' || link || ' ' || direction || ' of ' || aggregate || ' ' || state || ' round ' || round || ' ' || coalesce(reason, '') || ' ' || coalesce(code, '') from job where state <> 'ended'
    union all select 'site ' || id || ' is ' || state from site`;
  return {
    has: (what, holds, everyMs) =>
      until(what, async () => Boolean(await holds()), 150_000, everyMs).catch(async (error: Error) => {
        throw new Error([error.message, ...(await query(open, [])).map((row) => Object.values(row).join(' '))].join('\n'));
      }),
    books:
      (sql, ...parameters) =>
      async () =>
        (await query(sql, parameters)).length > 0,
  };
}

/** The source could not be read: the change waits for another try, or is parked. */
export const hasFailed = `select 1 from change left join outbox on payload ->> 'changeId' = change.id::text left join inbox using (message_id)
  where uuid = $1 and (change.state = 'parked' or inbox.attempts > 0 or inbox.code is not null)`;
