import type { Simulator } from '@sync-hub/openmrs-simulator';
import type { Shown } from './answering.js';
import { type Content, contentsOf, type Known, NOTHING_HELD, type RecordKey } from './content.js';
import type { HubDatabase } from './hub-database.js';
import type { Edit } from './ledger.js';
import { recordsByPath } from './rival-edits.js';

interface AuditRow {
  readonly said_at: Date;
  readonly type: string;
  readonly site: string;
  readonly link: string | null;
  readonly direction: string | null;
  readonly outcome: string | null;
  readonly reason: string | null;
  readonly details: Readonly<Record<string, unknown>>;
}

interface Storytelling {
  readonly hub: HubDatabase;
  readonly edits: readonly Edit[];
  readonly sites: readonly Simulator[];
  readonly shown?: readonly Shown[];
}

/** What happened to one record, line by line: what people did, what the hub did, and what stands there now. For whoever has to find out why. */
export async function storyOf(record: RecordKey, { hub, edits, sites, shown = [] }: Storytelling): Promise<string> {
  const [aggregate, uuid] = record.split('/');
  const aliases = await hub.aliases();
  const audit = await hub.database.query<AuditRow>(
    `select audit.said_at, audit.type, audit.site, job.link, job.direction, audit.outcome, audit.reason, audit.details
     from audit left join job on job.id::text = audit.correlation_id where audit.aggregate = $1 and audit.uuid = $2 order by audit.id`,
    [aggregate, uuid],
  );
  const people = edits.filter((edit) => `${aggregate}/${aliases(edit.site)(edit.record)}` === record);
  const lines = [
    ...people.map((edit) => ({
      at: edit.at,
      text: `* ${edit.n} ${edit.site}: ${edit.what} ${edit.changes.map(({ path, saw, typed }) => `${path}: ${saw ?? '-'} -> ${typed ?? '-'}`).join('; ')}`,
    })),
    ...shown
      .filter((one) => one.record === record)
      .map(({ at, link, reason, how, choices }) => ({ at, text: `> ${link} (${reason}) ${how}: ${choices.map((one) => JSON.stringify(one)).join('; ')}` })),
    ...(await hub.written(new Date(0))).filter((one) => one.record === record).map(({ at, site, line }) => ({ at, text: `    sends to ${site}: ${line}` })),
    ...audit.map((row) => ({
      at: row.said_at,
      text: `  ${row.type} ${row.site} ${row.link ?? ''} ${row.direction ?? ''} ${row.outcome ?? ''} ${row.reason ?? ''} ${JSON.stringify({ round: row.details['round'], fields: row.details['fields'], code: row.details['code'] })}`,
    })),
    ...sites.flatMap((site) => requestsAbout(site, aliases(site.id)).filter((request) => request.record === record)),
  ].sort((a, b) => a.at.getTime() - b.at.getTime());
  const contents = sites.map((site) => contentsOf(site.state(), aliases(site.id)).get(record) ?? NOTHING_HELD);
  const common = [...(contents[0] ?? NOTHING_HELD)].filter(([path, held]) => contents.every((one) => one.get(path) === held));
  const words = (held: Content): string => [...held].map(([path, value]) => `${path}=${String(value)}`).join('; ');
  const ownOf = (held: Content): Content => new Map([...held].filter(([path]) => !common.some(([one]) => one === path)));
  const now = [`= everywhere: ${words(new Map(common))}`, ...sites.map((site, index) => `= ${site.id}: ${words(ownOf(contents[index] ?? NOTHING_HELD))}`)];
  return [record, ...lines.map(({ at, text }) => `${at.toISOString().slice(14, 23)} ${text}`), ...now].join('\n');
}

/** What the hub asked of a site, as the site saw it, by the record that it was about; an obs is of its encounter. */
function requestsAbout(site: Simulator, known: Known): { readonly record: RecordKey | null; readonly at: Date; readonly text: string }[] {
  const recordOf = recordsByPath(site, known);
  return site.requests.map(({ method, path, at, status, ms }) => {
    const asked = path.slice(path.indexOf('/v1/') + '/v1/'.length);
    return { record: recordOf(path), at: new Date(at), text: `    ${method} at ${site.id}: ${asked} ${status}, ${ms.toFixed(0)} ms` };
  });
}
