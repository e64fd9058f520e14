import { feedOf } from '@sync-hub/categories';
import { FEED_CATEGORIES } from '@sync-hub/configuration';
import { Uuid } from '@sync-hub/contracts';
import type { ToldChange } from '@sync-hub/openmrs';
import { bodyAs } from '@sync-hub/runtime';
import { z } from 'zod';

const MOST_EVENTS = 1_000;

const Told = z.looseObject({
  events: z
    .array(
      z.looseObject({
        category: z.enum(FEED_CATEGORIES),
        uuid: Uuid,
        action: z.enum(['created', 'updated', 'voided', 'unvoided', 'retired', 'unretired', 'deleted']).optional(),
      }),
    )
    .min(1)
    .max(MOST_EVENTS),
});

/** What a site tells of in one message, by category: how many events, and the records to look at. */
export interface ToldEvents {
  readonly changes: readonly ToldChange[];
  readonly perCategory: ReadonlyMap<string, number>;
}

/** Reads the body of a message. Throws ContractError with the path of what is wrong, and what would be right; never a value. */
export function toldEvents(body: Buffer): ToldEvents {
  const { events } = bodyAs(Told, body);
  const perCategory = new Map<string, number>();
  for (const { category } of events) perCategory.set(category, (perCategory.get(category) ?? 0) + 1);
  const changes = events.flatMap(({ category, uuid, action }) =>
    (feedOf('webhook', category)?.looksAt ?? []).map((aggregate) => ({ record: { aggregate, uuid }, deleted: action === 'deleted' })),
  );
  return { changes, perCategory };
}
