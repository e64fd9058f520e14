import type { Completeness, OwnAsked, OwnDesk, OwnGroup, OwnList, OwnRecord, OwnSite, SiteId } from '@sync-hub/contracts';
import { idOf } from './conflict.builder.js';

const OLD = '2026-11-28T07:00:00.000Z';

export const anOwnRecord = (number: number, changes: Partial<OwnRecord> = {}): OwnRecord => {
  const uuid = `8d6c993e-c2cc-11de-8d13-${String(number).padStart(12, '0')}`;
  return {
    id: idOf(7000 + number),
    record: { aggregate: 'person', uuid },
    since: OLD,
    conflict: null,
    patient: { uuid, page: `https://kisumu.example.org/openmrs/spa/patient/${uuid}/chart` },
    ...changes,
  };
};

/** What has not arrived for one reason; what a test does not care about is filled in. */
export const anOwnGroup = (changes: Partial<OwnGroup> = {}): OwnGroup => {
  const records = changes.records ?? [anOwnRecord(1)];
  return {
    id: 'a'.repeat(32),
    because: 'held',
    kind: 'job',
    link: 'kisumu',
    direction: 'push',
    site: 'central',
    category: 'patient',
    why: 'refused',
    code: 'invalid',
    names: [{ name: 'identifiers', label: null }],
    helps: 'mend-record',
    pause: null,
    away: null,
    count: records.length,
    oldestAt: OLD,
    records,
    ...changes,
  };
};

const SITES: readonly OwnSite[] = [
  { site: 'kisumu', title: 'Kisumu clinic', hasPatientPage: true },
  { site: 'central', title: 'central', hasPatientPage: false },
];

/** What of a site has not arrived, without a hub behind it. */
export class MemoryOwn implements OwnDesk {
  counted: Completeness['rows'] = [];
  unread = 0;

  constructor(public groups: readonly OwnGroup[] = []) {}

  async sites(): Promise<readonly OwnSite[]> {
    return SITES;
  }

  async list(site: SiteId, { most }: OwnAsked): Promise<OwnList | null> {
    const found = SITES.find((one) => one.site === site);
    const groups = site === 'kisumu' ? this.groups.map((group) => ({ ...group, records: group.records.slice(0, most) })) : [];
    return found === undefined ? null : { site: found, takenAt: new Date().toISOString(), all: groups.reduce((sum, { count }) => sum + count, 0), groups };
  }

  async completeness(site: SiteId): Promise<Completeness> {
    return { site, countedAt: new Date().toISOString(), rows: site === 'kisumu' ? this.counted : [], unread: this.unread, sealed: 0 };
  }
}
