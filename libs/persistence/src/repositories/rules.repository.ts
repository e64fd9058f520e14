import type { Aggregate, Direction, LinkId, RecordRef, SiteId } from '@sync-hub/contracts';
import type { Tx } from '@sync-hub/messaging';
import type { Database } from '../database.js';

/** One direction of a link, where its records come from, and the rules that admit them. */
export interface RouteRules {
  readonly link: LinkId;
  readonly direction: Direction;
  readonly source: SiteId;
  /** Another one for any other rules. */
  readonly digest: string;
  /** Another one for all that the link's writes go by, whether anything is written among it. The same both ways. */
  readonly writesBy?: string;
}

/** What a route is waiting for. */
export interface RouteToLookThrough {
  readonly link: LinkId;
  readonly direction: Direction;
  /** Every service goes by the rules of now, which its source was not looked through by. */
  readonly isDue: boolean;
  /** Services that have gone by other rules for longer than they should: they must be started anew. */
  readonly behind: readonly string[];
  /** Some of what was listed has yet to be looked at. */
  readonly hasMore: boolean;
}

/** The services that turn records away, each by the rules that it noted last. */
const ADMITTING = ['fetcher', 'mapper', 'pusher'];

/**
 * By which rules records are admitted on each route. What older rules turned away is in no new entry of a feed: where the rules have changed,
 * every record that is known at the source is looked at once more. Written by the services as they start and as they take another configuration, and by the fetcher.
 */
export class RulesRepository {
  constructor(private readonly database: Database) {}

  /** These services go by these rules from now on, and on no other routes: one that comes back later has missed what happened meanwhile. Where nothing is known at a source yet, nothing was turned away there. */
  async note(tx: Tx, services: readonly string[], routes: readonly RouteRules[]): Promise<void> {
    const admitting = services.filter((service) => ADMITTING.includes(service));
    if (admitting.length === 0) return;
    for (const table of ['route_rules', 'route_listed', 'route_to_look_at', 'exclusion'])
      await tx.query(
        `delete from ${table} as old where not exists (
           select from jsonb_to_recordset($1) as row (link text, direction text) where (row.link, row.direction) = (old.link, old.direction))`,
        [JSON.stringify(routes)],
      );
    await tx.query(
      `with route as (select * from jsonb_to_recordset($1) as row (link text, direction text, digest text, "writesBy" text))
       insert into route_rules as noted (link, direction, service, digest, writes_by)
       select link, direction, service, digest, coalesce("writesBy", '') from route cross join unnest($2::text[]) as service order by 1, 2, 3
       on conflict (link, direction, service) do update set digest = excluded.digest, writes_by = excluded.writes_by, noted_at = now()
         where (noted.digest, noted.writes_by) <> (excluded.digest, excluded.writes_by)`,
      [JSON.stringify(routes), admitting],
    );
    await tx.query(
      `insert into route_listed (link, direction, digest)
       select link, direction, digest from jsonb_to_recordset($1) as row (link text, direction text, source text, digest text)
       where not exists (select from change where change.site = row.source) order by 1, 2 on conflict do nothing`,
      [JSON.stringify(routes)],
    );
  }

  /** The routes whose source is to be looked through, or is being looked through. Rules stand for `settleSeconds` before they are believed: a process that went by others may still be at work. */
  async toLookThrough(routes: readonly RouteRules[], settleSeconds: number): Promise<readonly RouteToLookThrough[]> {
    return this.database.query<RouteToLookThrough & Record<string, unknown>>(
      `with route as (
         select * from jsonb_to_recordset($1) as row (link text, direction text, digest text)
       ), judged as (
         select link, direction, route.digest is distinct from listed.digest as is_new,
           (select max(noted_at) <= now() - make_interval(secs => $2) from route_rules as noted where (noted.link, noted.direction) = (route.link, route.direction)) as has_stood,
           array(select wanted.service from unnest($3::text[]) as wanted (service) where not exists (
             select from route_rules as noted where (noted.link, noted.direction, noted.service, noted.digest) = (route.link, route.direction, wanted.service, route.digest)
           )) as behind,
           exists (select from route_to_look_at as one where (one.link, one.direction) = (route.link, route.direction)) as "hasMore"
         from route left join route_listed as listed using (link, direction)
       )
       select link, direction, is_new and has_stood and cardinality(behind) = 0 as "isDue", case when is_new and has_stood then behind else '{}' end as behind, "hasMore"
       from judged where (is_new and has_stood) or "hasMore" order by link, direction`,
      [JSON.stringify(routes), settleSeconds, ADMITTING],
    );
  }

  /** Lists every record of these kinds that is known at the source, and what the route kept there. Once for the same rules; answers with how many were listed. */
  async list(tx: Tx, { link, direction, source, digest }: RouteRules, aggregates: readonly Aggregate[]): Promise<number> {
    const [listed] = await tx.query(
      `insert into route_listed as listed (link, direction, digest) values ($1, $2, $3)
       on conflict (link, direction) do update set digest = excluded.digest, listed_at = now() where listed.digest <> excluded.digest returning link`,
      [link, direction, digest],
    );
    if (listed === undefined) return 0;
    const [row] = await tx.query<{ count: number }>(
      `with known as (
         insert into route_to_look_at (link, direction, aggregate, uuid)
         select $1, $2, aggregate, uuid from (
           select aggregate, uuid from change where site = $3 and aggregate = any($4)
           union select aggregate, uuid from exclusion where link = $1 and direction = $2
         ) as record order by 3, 4 on conflict do nothing returning uuid
       ) select count(*)::int as count from known`,
      [link, direction, source, aggregates],
    );
    return row?.count ?? 0;
  }

  /** Takes the next of what was listed off the list, kinds in the order given. */
  async take(
    tx: Tx,
    { link, direction }: Pick<RouteRules, 'link' | 'direction'>,
    aggregates: readonly Aggregate[],
    limit: number,
  ): Promise<readonly RecordRef[]> {
    return tx.query<RecordRef & Record<string, unknown>>(
      `delete from route_to_look_at where (link, direction, aggregate, uuid) in (
         select link, direction, aggregate, uuid from route_to_look_at where link = $1 and direction = $2
         order by array_position($3::text[], aggregate), uuid limit $4 for update skip locked
       ) returning aggregate, uuid`,
      [link, direction, aggregates, limit],
    );
  }
}
