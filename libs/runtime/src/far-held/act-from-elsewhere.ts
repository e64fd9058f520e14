import type { BecameOfHeldAct, FarHeldAct } from '@sync-hub/contracts';
import type { Envelope } from '@sync-hub/messaging';
import type { Database, HeldActRepository, HeldRepository } from '@sync-hub/persistence';
import { eachInTurn } from '../each-in-turn.js';

interface Parts {
  readonly database: Database;
  readonly held: Pick<HeldRepository, 'idsOf'>;
  readonly acts: HeldActRepository;
  readonly send: (said: readonly Envelope[]) => Promise<void>;
}

const AT_ONCE = 200;

/**
 * Does here what somebody at another instance did to what is held: to what was there when they looked, and is held for the same still, by the rules of the desk. It is done under the act's own id: what it
 * was done to before is not done to again, whenever the process that did it died.
 */
export async function actFromElsewhere({ database, held, acts, send }: Parts, act: FarHeldAct): Promise<BecameOfHeldAct> {
  const { id, what, by, group, reason } = act;
  const looked = act.held === null ? await held.idsOf({ group }, new Date(act.seenAt)) : [{ id: act.held, group }];
  const parts = Array.from({ length: Math.max(1, Math.ceil(looked.length / AT_ONCE)) }, (_, part) => looked.slice(part * AT_ONCE, (part + 1) * AT_ONCE));
  const outcomes = new Map<string, string>();
  await eachInTurn(parts, async (part) => {
    const { result, said } = await database.transaction(async (tx) => {
      const begun = await acts.begin(tx, { what, by, ...(reason === null ? {} : { reason }) }, id);
      const done = new Set(await acts.doneTo(tx, id));
      const left = part.filter((one) => !done.has(one.id));
      return new Map([...(await acts.act(tx, begun, left)), ...[...done].map((one) => [one, 'done'] as const)]);
    });
    for (const [one, outcome] of result) outcomes.set(one, outcome);
    await send(said);
  });
  const became = [...outcomes.values()];
  const done = became.filter((outcome) => outcome === 'done').length;
  const [first] = ['moving', 'conflict', 'gone'].filter((outcome) => became.includes(outcome));
  return {
    act: id,
    as: done > 0 ? 'done' : ((first ?? 'gone') as 'gone'),
    counts: { found: became.length, done, passedOver: became.length - done },
  };
}
