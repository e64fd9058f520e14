import type { RecordRef, Uuid } from '@sync-hub/contracts';
import type { CallOptions, Whereabouts } from '../site-client.js';
import type { RestSite } from './read-record.js';
import type { RestBody } from './rest-resources.js';

const GROUPS = 'obsGroup:(uuid,obsGroup:(uuid,obsGroup:(uuid,obsGroup:(uuid,obsGroup:(uuid)))))';

/** Where one obs is, by the uuid it has at the site: the record it is part of, and whether it is voided; `null` where the site has none. */
export async function findObs(
  { rest, aliases }: RestSite,
  local: Uuid,
  options: CallOptions,
): Promise<{ readonly record: RecordRef; readonly voided: boolean } | null> {
  const body = await rest.get(`obs/${encodeURIComponent(local)}?v=custom:(uuid,voided,encounter:(uuid),${GROUPS})`, { what: 'obs' }, options);
  if (body?.['uuid'] !== local) return null;
  const encounter = uuidOf(body['encounter']);
  const voided = body['voided'] === true;
  if (encounter !== null) return { record: { aggregate: 'encounter', uuid: await aliases.toCanonical('encounter', encounter) }, voided };
  return { record: { aggregate: 'obs', uuid: await aliases.toCanonical('obs', rootOf(body) ?? local) }, voided };
}

/** What became of an obs that a record no longer shows: absence by itself is never a deletion. */
export async function whereaboutsOf(site: RestSite, uuid: Uuid, options: CallOptions): Promise<Whereabouts> {
  const found = await findObs(site, await site.aliases.toLocal({ aggregate: 'obs', uuid }), options);
  if (found === null) return { state: 'absent' };
  return found.voided ? { state: 'voided' } : { state: 'live', record: found.record };
}

function rootOf(body: RestBody): string | null {
  const group = body['obsGroup'];
  return group !== null && typeof group === 'object' ? (rootOf(group as RestBody) ?? uuidOf(group)) : null;
}

const uuidOf = (value: unknown): string | null => {
  const uuid = value !== null && typeof value === 'object' ? (value as RestBody)['uuid'] : null;
  return typeof uuid === 'string' ? uuid : null;
};

/** Which record each obs was last seen in, so that its feed entry costs no request. Forgets the longest unseen beyond `most`. */
export class ObsSeen {
  private readonly records = new Map<Uuid, RecordRef>();

  constructor(private readonly most = 50_000) {}

  in(record: RecordRef, locals: Iterable<Uuid>): void {
    for (const local of locals) {
      this.records.delete(local);
      this.records.set(local, record);
    }
    for (const oldest of this.records.keys()) {
      if (this.records.size <= this.most) return;
      this.records.delete(oldest);
    }
  }

  recordOf(local: Uuid): RecordRef | undefined {
    return this.records.get(local);
  }

  forget(): void {
    this.records.clear();
  }
}
