import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ConflictDesk, ConflictDetail } from '@sync-hub/contracts';
import type { World } from '@sync-hub/demo';
import { until } from '@sync-hub/messaging/testing';
import { hubOn, type RunningWorld } from './running-hub.js';
import { watching } from './watched.js';

const INSTANCE = 'kisumu-box';
const TIMES = { tellConflictsMs: 200, configurationPollMs: 200, shipAuditMs: 200 };

/** The times that an instance tells of its conflicts by, here. */
export const TELLING_TIMES = TIMES;

/** Another instance, which runs no link; the given one reports to it from now on, conflicts included. */
export async function instanceAbove({ world, hub }: RunningWorld) {
  const file = JSON.parse(await readFile(world.configurationFile, 'utf8')) as { readonly instance: object; readonly sites: readonly object[] };
  const secret = { file: path.join(world.folder, 'above.secret') };
  const above = path.join(world.folder, 'above.json');
  await writeFile(secret.file, 'what both instances know');
  const receives = { port: 0, from: [{ id: hub.rules.current.instance.id, secret }] };
  await writeFile(above, JSON.stringify({ instance: { id: INSTANCE, receives }, sites: file.sites.slice(0, 1), links: [] }));
  const running = await hubOn(world, { configurationFile: above, times: TIMES });
  const url = `http://127.0.0.1:${String(running.log('reports-open')[0]?.['port'])}`;
  await writeFile(world.configurationFile, JSON.stringify({ ...file, instance: { ...file.instance, reportsTo: { url, secret, conflicts: true } } }));
  return running;
}

export type InstanceAbove = Awaited<ReturnType<typeof instanceAbove>>;

/**
 * Places are disputed, taken, noted and answered in marked words: one at the instance that runs the link, one at the instance above, to which all that is open is told; a third stays open. Ends once both
 * ends hold what was answered, and both instances know it.
 */
export async function liveMarkedConflicts({ world, hub, query }: RunningWorld, above: InstanceAbove): Promise<void> {
  const { has, books } = watching(query);
  const [own, other] = [await disputed(world, 'annex', { has, books }), await disputed(world, 'outhouse', { has, books })];
  const conflictOf = async (uuid: string): Promise<string> => String((await query<{ id: string }>(`select id from conflict where uuid = $1`, [uuid]))[0]?.id);

  const third = await disputed(world, 'shed', { has, books });
  await actOn(hub.conflictDesk(), await conflictOf(own), 'annex');
  await has('the annex is as it was answered', () => named(world, own, 'Zqmark annex of all'));

  const desk = above.hub.everyConflictDesk();
  const id = await conflictOf(other);
  await until('it is shown above', async () => ((await desk.find(id))?.fields.length ?? 0) > 0, 60_000);
  await actOn(desk, id, 'outhouse');
  await has('the outhouse is as it was answered', () => named(world, other, 'Zqmark outhouse of all'));
  await until('that is known above', async () => (await desk.find(id))?.conflict.state === 'resolved', 60_000);
  const open = await conflictOf(third);
  await until('the third stays open there', async () => ((await desk.find(open))?.fields.length ?? 0) > 0, 60_000);
}

async function disputed(world: World, what: string, { has, books }: ReturnType<typeof watching>): Promise<string> {
  const [central, kisumu] = [world.site('central'), world.site('kisumu')];
  const yard = kisumu.clinician.addLocation({ name: `Zqmark yard of the ${what}` });
  await has('the yard has travelled', () => named(world, yard, `Zqmark yard of the ${what}`));
  const uuid = kisumu.clinician.addLocation({ name: `Zqmark ${what}`, description: 'zqmark', parentLocation: yard });
  await has('it has travelled', () => named(world, uuid, `Zqmark ${what}`));
  kisumu.clinician.edit('location', uuid, { name: `Zqmark ${what} of kisumu` });
  central.clinician.edit('location', uuid, { name: `Zqmark ${what} of central` });
  await has('it is disputed', books(`select 1 from conflict where uuid = $1 and closed_at is null`, uuid));
  return uuid;
}

const named = (world: World, uuid: string, name: string): boolean =>
  ['central', 'kisumu'].every(
    (site) =>
      world
        .site(site)
        .state()
        .locations.find((one) => one.uuid === uuid)?.values['name'] === name,
  );

/** Everything that a person can do to it, an answer that does not fit included. */
async function actOn(desk: ConflictDesk, id: string, what: string): Promise<void> {
  const choices = [{ path: 'name', value: `Zqmark ${what} of all` }];
  await desk.assign(id, 'amina', 'amina');
  await desk.note(id, 'zqmark: they told me so', 'amina');
  const { conflict } = (await desk.find(id)) as ConflictDetail;
  await desk.preview(id, { version: conflict.version, choices });
  await desk.answer(id, { version: conflict.version, choices: [{ path: 'names[{"givenName":"Zqmarkina"}]', take: 'child' }] }, 'amina');
  const answered = await desk.answer(id, { version: conflict.version, choices, note: 'zqmark is its name' }, 'amina');
  if (answered.kind !== 'taken') throw new Error(`the answer is ${answered.kind}`);
}
