import { randomUUID } from 'node:crypto';
import type { ConflictChoice, ConflictDesk, ConflictDetail, RecordRef } from '@sync-hub/contracts';
import { type Pipeline, pipelineOn } from '@sync-hub/runtime/testing';
import { STAGE_SERVICES } from './services.js';

type Choices = readonly ConflictChoice[];

/** A pipeline with a desk, and places that both ends of a link may be brought to differ in. */
export async function conflictBench() {
  const pipeline = await pipelineOn(STAGE_SERVICES);
  const [central, kisumu] = [pipeline.sites.site('central'), pipeline.sites.site('kisumu')];
  const desk = pipeline.hub.conflictDesk();
  return {
    pipeline,
    desk,
    central,
    kisumu,
    /** A place that both ends agree on. */
    agreed: async (fields: Readonly<Record<string, string>> = { name: 'Ward', description: 'old' }) => {
      const record: RecordRef = { aggregate: 'location', uuid: randomUUID() };
      kisumu.edit(record, fields);
      const place = placeOn(pipeline, desk, record);
      await place.look('kisumu', 'central');
      return place;
    },
    /** Has both ends looked at, whatever they hold, as a person does who has held work tried again. */
    redrive: async (record: RecordRef): Promise<void> => {
      const looks = ['central', 'kisumu'].map((site) => ({ site, record, forced: true }));
      const { said } = await pipeline.hub.parts.database.transaction((tx) => pipeline.hub.repositories.changes.open(tx, looks));
      await pipeline.hub.outgoing.send(said);
      await pipeline.atRest();
    },
    stop: () => pipeline.stop(),
  };
}

export type ConflictBench = Awaited<ReturnType<typeof conflictBench>>;
export type Place = ReturnType<typeof placeOn>;

function placeOn(pipeline: Pipeline, desk: ConflictDesk, record: RecordRef) {
  const sites = [pipeline.sites.site('central'), pipeline.sites.site('kisumu')] as const;
  const [central, kisumu] = sites;
  const rows = () =>
    pipeline.query<{ id: string; closed_as: string | null }>(`select id, closed_as from conflict where uuid = $1 order by opened_at`, [record.uuid]);
  const shown = async (): Promise<ConflictDetail> => {
    const found = await desk.find((await rows()).at(-1)?.id ?? '');
    if (found === null) throw new Error('there is no conflict');
    return found;
  };
  const look = async (...at: readonly string[]): Promise<void> => {
    for (const site of at) await pipeline.look(site, record);
    await pipeline.atRest();
  };
  const give = async (choices: Choices, version?: number) => {
    const { conflict } = await shown();
    return desk.answer(conflict.id, { version: version ?? conflict.version, choices: [...choices] }, 'grace');
  };
  return {
    record,
    look,
    rows,
    shown,
    give,
    /** Gives the answer, and waits until nothing moves. */
    answer: async (choices: Choices, version?: number) => {
      const given = await give(choices, version);
      await pipeline.atRest();
      return given;
    },
    /** Each end names it otherwise, and the child describes it otherwise, too. From then on writes are counted. */
    differ: async (names: readonly [string, string] = ['Ward P', 'Ward C']): Promise<void> => {
      central.edit(record, { name: names[0] });
      kisumu.edit(record, { name: names[1], description: 'new' });
      await look('central', 'kisumu');
      for (const site of sites) site.writes.length = 0;
    },
    held: () => sites.map((site) => site.fieldsOf(record)),
    /** How often this field was written, at either end. */
    written: (field: string): number =>
      sites.flatMap(({ writes }) => writes).filter((write) => write.record.uuid === record.uuid && write.fields.includes(field)).length,
    /** State, version, and how it closed. */
    standing: async () => {
      const { conflict } = await shown();
      return [conflict.state, conflict.version, (await rows()).at(-1)?.closed_as ?? null];
    },
    /** What became of it, in order. */
    story: async () => (await shown()).notes.map(({ what }) => what),
    openJobs: () =>
      pipeline.query<{ direction: string; state: string }>(`select direction, state from job where uuid = $1 and state <> 'ended'`, [record.uuid]),
    openDecisions: async () => (await pipeline.query(`select 1 from decision where uuid = $1 and ended_at is null`, [record.uuid])).length,
  };
}
