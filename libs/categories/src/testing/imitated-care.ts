import { obsFieldsOn } from '../obs-fields.js';
import { COMPLEX_DATATYPE } from '../obs-value.js';
import type { Platform } from '../platform.js';
import type { Step } from '../step.js';
import type { ImitatedAnswer } from './rest-imitation.js';
import { type Clock, changeRow, isLive, newRow, Refused, type Row, ref, requireKnown } from './rest-row.js';

const DATATYPES: Readonly<Record<string, string>> = {
  date: '8d4a505e-c2cc-11de-8d13-0010c6dffd0f',
  time: '8d4a591e-c2cc-11de-8d13-0010c6dffd0f',
  datetime: '8d4a5af4-c2cc-11de-8d13-0010c6dffd0f',
  text: '8d4a4ab4-c2cc-11de-8d13-0010c6dffd0f',
  complex: COMPLEX_DATATYPE,
};
const ENCOUNTER = ['patient', 'encounterType', 'encounterDatetime', 'location', 'visit', 'form'];

/** What a concept of the imitation is asked for: `concept-date-3` is answered with a day. */
const kindOf = (concept: unknown): string => String(concept).split('-')[1] ?? '';

/**
 * Encounters and obs as core from 2.0 on has them: nested in one create, obs never changed in place, those that inherited an
 * encounter's time, place or patient written anew when it changes. (core EncounterServiceImpl, ObsServiceImpl.)
 */
export class ImitatedCare {
  readonly encounters = new Map<string, Row>();
  readonly obs = new Map<string, Row>();

  constructor(
    private readonly platform: Platform,
    private readonly clock: Clock,
  ) {}

  applyToEncounter({ method, body = {} }: Step, uuid: string | undefined, list: string | undefined, item: string | undefined): ImitatedAnswer {
    if (uuid === undefined) return this.createEncounter(body);
    const row = this.encounters.get(uuid);
    if (row === undefined) throw new Refused(404);
    if (list !== undefined) return this.applyToProvider(row, { method, body }, item);
    if (method === 'DELETE' || (this.platform.undeletes && 'deleted' in body)) return this.voidEncounter(row, method === 'DELETE');
    requireKnown(body, ENCOUNTER);
    const before = { ...row };
    changeRow(this.clock, row, body);
    for (const obs of this.liveObs(uuid)) if (obs['obsGroup'] === null) this.follow(obs, before, row);
    return { status: 200, uuid };
  }

  applyToObs({ method, path, body = {} }: Step, uuid: string | undefined): ImitatedAnswer {
    if (uuid === undefined) {
      if (!this.platform.takesUuids && 'uuid' in body) throw new Refused(400);
      return { status: 201, uuid: this.addObs(body, null) };
    }
    const row = this.obs.get(uuid);
    if (row === undefined) throw new Refused(404);
    if (method === 'DELETE') this.voidObs(row, path.split('reason=')[1] ?? '');
    else if (this.platform.undeletes && 'deleted' in body) this.restoreObs(row, row['voidedAt']);
    else {
      // An obs is never updated, only given members, and then all of them.
      requireKnown(body, ['groupMembers']);
      const members = body['groupMembers'] as (string | Row)[];
      const live = [...this.obs.values()].filter((obs) => isLive(obs) && obs['obsGroup'] === uuid).map((obs) => obs['uuid']);
      if (live.some((member) => !members.includes(member as string))) throw new Refused(400);
      for (const member of members) if (typeof member !== 'string') this.addObs(member, uuid);
    }
    return { status: method === 'DELETE' ? 204 : 200, uuid };
  }

  encounterBody(uuid: string): Row | undefined {
    const row = this.encounters.get(uuid);
    if (row === undefined) return undefined;
    return {
      uuid,
      ...Object.fromEntries(ENCOUNTER.map((name) => [name, name === 'encounterDatetime' ? row[name] : ref(row[name])])),
      encounterProviders: (row['encounterProviders'] as Row[])
        .filter(isLive)
        .map((one) => ({ ...one, provider: ref(one['provider']), encounterRole: ref(one['encounterRole']) })),
      obs: this.liveObs(uuid)
        .filter((obs) => obs['obsGroup'] === null)
        .map((obs) => this.told(obs)),
      voided: row['voided'],
      auditInfo: row['auditInfo'],
    };
  }

  obsBody(uuid: string): Row | undefined {
    const row = this.obs.get(uuid);
    return row === undefined ? undefined : { ...this.told(row), person: ref(row['person']), encounter: ref(row['encounter']) };
  }

  /** What may be true after no step at all. */
  violations(): string[] {
    const live = [...this.obs.values()].filter(isLive);
    const said = live.filter((obs) => obs['obsGroup'] !== null && !isLive(this.obs.get(String(obs['obsGroup'])) ?? { voided: true }));
    const bare = live.filter((obs) => typeof obs['person'] !== 'string' || typeof obs['obsDatetime'] !== 'string');
    return [...said.map(() => 'a live member of a voided group'), ...bare.map(() => 'an obs of nobody or of no time')];
  }

  private told(row: Row): Row {
    const members = [...this.obs.values()].filter((obs) => isLive(obs) && obs['obsGroup'] === row['uuid']).map((obs) => this.told(obs));
    const refs = new Set(['location', 'order', 'valueCodedName']);
    const fields = obsFieldsOn(this.platform).filter((name) => name !== 'seconds');
    const kind = kindOf(row['concept']);
    return {
      uuid: row['uuid'],
      concept: { uuid: row['concept'], datatype: { uuid: DATATYPES[kind] ?? 'another' } },
      value: members.length > 0 ? null : this.toldValue(row, kind),
      ...Object.fromEntries(fields.map((name) => [name, refs.has(name) ? ref(row[name]) : (row[name] ?? (name === 'status' ? 'FINAL' : null))])),
      groupMembers: members.length > 0 ? members : null,
      voided: row['voided'],
      auditInfo: row['auditInfo'],
    };
  }

  private toldValue({ value }: Row, kind: string): unknown {
    if (kind === 'complex') return { display: 'raw file', links: { rel: 'self', uri: 'http://h/ws/rest/v1/obs/x/value' } };
    if (kind === 'coded') return ref(value);
    if (kind === 'drug' || kind === 'location') return { ...ref(value), links: [{ rel: 'self', uri: `http://h/openmrs/ws/rest/v1/${kind}/${String(value)}` }] };
    if (kind === 'time') return `1970-01-01T${String(value)}:00.000+0300`;
    // The clock of the imitation's server stands in Nairobi where it is old, in Greenwich where it is not.
    if (kind === 'datetime') return `${String(value).replace(' ', 'T')}:00.000${this.platform.timeZone === 'UTC' ? '+0000' : '+0300'}`;
    return value ?? null;
  }

  private createEncounter({ obs = [], encounterProviders = [], ...body }: Row): ImitatedAnswer {
    requireKnown(body, [...ENCOUNTER, ...(this.platform.takesUuids ? ['uuid'] : [])]);
    if (['patient', 'encounterType', 'encounterDatetime'].some((name) => typeof body[name] !== 'string')) throw new Refused(400);
    const providers = (encounterProviders as Row[]).map((one) => newRow(this.clock, { voided: false, ...one }));
    const row = newRow(this.clock, { voided: false, ...body, encounterProviders: providers });
    if (this.encounters.has(row['uuid'] as string)) throw new Refused(500);
    this.encounters.set(row['uuid'] as string, row);
    const inherits = { person: row['patient'], obsDatetime: row['encounterDatetime'], location: row['location'] ?? null, encounter: row['uuid'] };
    for (const one of obs as Row[]) this.addObs(one, null, inherits);
    return { status: 201, uuid: row['uuid'] as string };
  }

  private addObs({ groupMembers = [], ...body }: Row, group: string | null, inherits: Row = {}): string {
    requireKnown(body, ['uuid', 'concept', 'person', 'encounter', 'value', ...obsFieldsOn(this.platform).filter((name) => name !== 'seconds')]);
    const members = groupMembers as Row[];
    if (body['value'] === null || 'value' in body === members.length > 0) throw new Refused(400);
    const row = newRow(this.clock, { voided: false, location: null, ...inherits, ...body, obsGroup: group });
    const uuid = row['uuid'] as string;
    if (this.obs.has(uuid)) throw new Refused(500);
    this.obs.set(uuid, row);
    for (const member of members) this.addObs(member, uuid, inherits);
    return uuid;
  }

  private voidEncounter(row: Row, voids: boolean): ImitatedAnswer {
    const own = [...this.obs.values()].filter((obs) => obs['encounter'] === row['uuid'] && obs['obsGroup'] === null);
    for (const obs of own) {
      if (voids && isLive(obs)) this.voidObs(obs, 'sync-hub');
      if (!voids && obs['voidReason'] === 'sync-hub') this.restoreObs(obs, obs['voidedAt']);
    }
    changeRow(this.clock, row, { voided: voids });
    return { status: voids ? 204 : 200, uuid: row['uuid'] as string };
  }

  private voidObs(row: Row, reason: string, at: number = this.clock.seconds): void {
    if (isLive(row)) changeRow(this.clock, row, { voided: true, voidReason: reason, voidedAt: at });
    for (const member of this.membersOf(row)) this.voidObs(member, reason, at);
  }

  private restoreObs(row: Row, at: unknown): void {
    if (!isLive(row) && row['voidedAt'] === at) changeRow(this.clock, row, { voided: false, voidReason: null, voidedAt: null });
    for (const member of this.membersOf(row)) this.restoreObs(member, at);
  }

  /** What inherited something that changed is written anew, with all its members. */
  private follow(obs: Row, before: Row, now: Row): void {
    const all = [obs, ...this.descendants(obs)].filter(isLive);
    const moves = (one: Row): Row => ({
      ...(before['encounterDatetime'] !== now['encounterDatetime'] && one['obsDatetime'] === before['encounterDatetime']
        ? { obsDatetime: now['encounterDatetime'] }
        : {}),
      ...(before['location'] !== now['location'] && one['location'] === (before['location'] ?? null) && now['location'] ? { location: now['location'] } : {}),
      ...(one['person'] === now['patient'] ? {} : { person: now['patient'] }),
    });
    if (all.every((one) => Object.keys(moves(one)).length === 0)) return;
    const copies = new Map(all.map((one) => [one['uuid'], newRow(this.clock, { ...one, ...moves(one), uuid: undefined })]));
    this.voidObs(obs, 'replaced by the server');
    for (const copy of copies.values()) {
      copy['obsGroup'] = copies.get(copy['obsGroup'])?.['uuid'] ?? null;
      this.obs.set(copy['uuid'] as string, copy);
    }
  }

  private readonly membersOf = (row: Row): Row[] => [...this.obs.values()].filter((obs) => obs['obsGroup'] === row['uuid']);
  private readonly descendants = (row: Row): Row[] => this.membersOf(row).flatMap((member) => [member, ...this.descendants(member)]);
  private readonly liveObs = (encounter: string): Row[] => [...this.obs.values()].filter((obs) => isLive(obs) && obs['encounter'] === encounter);

  private applyToProvider(row: Row, { method, body }: { method: string; body: Row }, item: string | undefined): ImitatedAnswer {
    const providers = row['encounterProviders'] as Row[];
    requireKnown(body, item === undefined ? ['provider', 'encounterRole'] : ['encounterRole']);
    if (item === undefined) {
      const added = newRow(this.clock, { voided: false, ...body });
      providers.push(added);
      return { status: 201, uuid: added['uuid'] as string };
    }
    const provider = providers.find((candidate) => candidate['uuid'] === item);
    if (provider === undefined) throw new Refused(404);
    changeRow(this.clock, provider, method === 'DELETE' ? { voided: true } : body);
    return { status: method === 'DELETE' ? 204 : 200, uuid: item };
  }
}
