import type { World } from '@sync-hub/demo';
import { CARE, ORDER_TYPES, type RowState, type Simulator } from '@sync-hub/openmrs-simulator';
import { type Cast, DAY, DISPUTED, MARKED_KINDS, MARKED_METADATA, type MarkedKind, type Moment, wordsOf } from './marked-kinds.js';
import { aUuid } from './running-hub.js';
import { hasFailed, type Watched } from './watched.js';

type Sites = Readonly<Record<'central' | 'kisumu' | 'siaya', Simulator>>;

/** The one that says so and is live at the site, whatever its uuid is there. */
const saying = (kind: MarkedKind, site: Simulator, words: string): RowState | undefined =>
  kind.rowsAt(site).find((row) => !row.gone && JSON.stringify(row).includes(words));

/** Each looks at whole sites. */
const LOOKS_EVERY_MS = 200;

/** Of every kind one that is made, changed and voided, one that is disputed, and one whose reading is answered by an error that quotes it, as the first write of the kind is. */
export async function liveMarkedCare(world: World, { has, books }: Watched, patient: string): Promise<void> {
  const watched: Watched = { books, has: (what, holds) => has(what, holds, LOOKS_EVERY_MS) };
  const sites: Sites = { central: world.site('central'), kisumu: world.site('kisumu'), siaya: world.site('siaya') };
  for (const site of Object.values(sites)) site.seedMetadata({ ordertype: ORDER_TYPES });
  const { clinician } = sites.kisumu;
  const cast: Cast = {
    patient,
    relative: clinician.addPerson({ uuid: aUuid(), gender: 'F', names: [{ givenName: 'Zqmarkamma', familyName: 'Zqmark' }] }),
    encounter: clinician.care.recordEncounter({ uuid: aUuid(), patient, encounterType: CARE.visitNote, encounterDatetime: DAY }),
  };
  const isThere = () => [sites.central, sites.siaya].every((site) => site.state().encounters.some(({ uuid }) => uuid === cast.encounter));
  await watched.has('the encounter is everywhere', isThere);
  const scene: Scene = { sites, watched, cast };
  await areMade(scene);
  await areChanged(scene);
  await areVoided(scene);
  await unmapped(sites, watched, patient);
  await metadata(sites, watched);
}

interface Scene {
  readonly sites: Sites;
  readonly watched: Watched;
  readonly cast: Cast;
}

/** Which of each kind it is that goes through what, beside the one that is disputed. */
const [CHANGED, UNREADABLE] = [1, 3];

function make(kind: MarkedKind, { sites, cast }: Scene, n: number): string {
  const uuid = aUuid();
  if (n === UNREADABLE) sites.kisumu.faults.wrongBody(({ method, path }) => method === 'GET' && path.includes(uuid), 'json-stack-trace-500');
  kind.make(sites.kisumu.clinician, cast, { uuid, words: wordsOf(kind, n, 'made'), n });
  return uuid;
}

/** The first write of each kind is answered with an error that quotes what it wrote. */
function quoteFirst({ posted }: MarkedKind, { central }: Sites): () => boolean {
  let failures = 0;
  central.faults.wrongBody(({ method, path }) => failures === 0 && method === 'POST' && path.endsWith(posted) && ++failures > 0, 'json-stack-trace-500');
  return () => failures > 0;
}

/** It says so at these sites, and whatever was under way with it is done: before, nobody could tell what is typed there from what was written. */
async function arrives(kind: MarkedKind, words: string, { watched, sites }: Scene, ...where: readonly Simulator[]): Promise<void> {
  await watched.has(`${kind.aggregate} that says ${words} has arrived`, () => where.every((site) => saying(kind, site, words) !== undefined));
  const uuids = Object.values(sites).flatMap((site) => saying(kind, site, words)?.uuid ?? []);
  await watched.has(`${kind.aggregate} that says ${words} is at rest`, watched.books(AT_REST, uuids));
}

const AT_REST = `select 1 where not exists (select from change where uuid = any($1) and state <> 'ended') and not exists (select from job where uuid = any($1) and state <> 'ended')`;

/** What its own server calls the one that says so. */
function rowAt(kind: MarkedKind, site: Simulator, words: string): RowState {
  const row = saying(kind, site, words);
  if (row === undefined) throw new Error(`no ${kind.aggregate} says so at ${site.id}`);
  return row;
}

async function areMade(scene: Scene): Promise<void> {
  const { central, siaya } = scene.sites;
  const quoted = MARKED_KINDS.map((kind) => ({ kind, isQuoted: quoteFirst(kind, scene.sites) }));
  for (const kind of MARKED_KINDS) for (const n of [CHANGED, DISPUTED]) make(kind, scene, n);
  const unreadable = MARKED_KINDS.map((kind) => make(kind, scene, UNREADABLE));
  for (const kind of MARKED_KINDS) for (const n of [CHANGED, DISPUTED]) await arrives(kind, wordsOf(kind, n, 'made'), scene, central, siaya);
  for (const { kind, isQuoted } of quoted) await scene.watched.has(`the write of ${kind.aggregate} is answered with an error`, isQuoted);
  for (const uuid of unreadable) await scene.watched.has('the reading of each kind has failed', scene.watched.books(hasFailed, uuid));
}

async function areChanged(scene: Scene): Promise<void> {
  const { central, kisumu, siaya } = scene.sites;
  const change = (kind: MarkedKind, site: Simulator, n: number, moment: Moment): void =>
    kind.change(site.clinician, rowAt(kind, site, wordsOf(kind, n, 'made')), wordsOf(kind, n, moment));
  const disputed = MARKED_KINDS.filter(({ isDisputed }) => isDisputed === true);
  for (const kind of MARKED_KINDS) change(kind, central, CHANGED, 'changed');
  for (const kind of disputed) {
    change(kind, kisumu, DISPUTED, 'ours');
    change(kind, central, DISPUTED, 'theirs');
  }
  for (const kind of MARKED_KINDS) await arrives(kind, wordsOf(kind, CHANGED, 'changed'), scene, kisumu, siaya);
  for (const { aggregate } of disputed)
    await scene.watched.has(`${aggregate} is disputed`, scene.watched.books(`select 1 from conflict where aggregate = $1 and closed_at is null`, aggregate));
}

async function areVoided({ sites, watched }: Scene): Promise<void> {
  const { central, kisumu, siaya } = sites;
  for (const kind of MARKED_KINDS) {
    const row = rowAt(kind, kisumu, wordsOf(kind, CHANGED, 'changed'));
    kind.remove(kisumu.clinician, row.uuid, `zqmark ${kind.aggregate} was wrong`);
  }
  const isGone = (kind: MarkedKind) => () => [central, siaya].every((site) => saying(kind, site, wordsOf(kind, CHANGED, 'changed')) === undefined);
  for (const kind of MARKED_KINDS) await watched.has(`${kind.aggregate} is voided everywhere`, isGone(kind));
}

/** A condition that the parent has no concept for, whose name is marked. */
async function unmapped({ kisumu }: Sites, { has, books }: Watched, patient: string): Promise<void> {
  const [uuid, concept] = [aUuid(), aUuid()];
  kisumu.seedMetadata({ concept: [{ uuid: concept, name: 'Zqmark fever', datatype: 'N/A', conceptClass: 'Diagnosis' }] });
  kisumu.clinician.lists.addCondition({ uuid, patient, clinicalStatus: 'ACTIVE', condition: { coded: concept } });
  await has('its concept is missing', books(`select 1 from job where uuid = $1 and reason = 'unmapped'`, uuid));
}

/** What the parent alone changes: first to what the others have, so that it is agreed on. */
async function metadata({ central, kisumu, siaya }: Sites, { has, books }: Watched): Promise<void> {
  for (const { kind, uuid, key, values } of MARKED_METADATA) {
    for (const site of [kisumu, siaya]) site.seedMetadata({ [kind]: [{ uuid, ...values }] });
    central.seedMetadata({ [kind]: [{ uuid, ...values, [key]: 'other' }] });
    central.clinician.administrator.edit(kind, uuid, { [key]: values[key] });
    await has(`${kind} is agreed on`, books(`select 1 from agreement where aggregate = $1 having count(*) = 2`, kind));
    central.clinician.administrator.edit(kind, uuid, { [key]: 'zqmark@changed' });
    const isChanged = (site: Simulator): boolean => site.metadata(kind).find((row) => row.uuid === uuid)?.values[key] === 'zqmark@changed';
    await has(`${kind} has changed`, () => [kisumu, siaya].every(isChanged));
  }
  for (const { kind, uuid } of MARKED_METADATA) if (kind === 'user') central.clinician.administrator.retire(kind, uuid, 'zqmark left');
  const isRetired = (site: Simulator): boolean => site.metadata('user').some(({ uuid, gone }) => gone && MARKED_METADATA.some((one) => one.uuid === uuid));
  await has('the account is retired', () => [kisumu, siaya].every(isRetired));
}
