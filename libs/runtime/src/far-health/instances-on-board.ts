import type { BoardInstance } from '@sync-hub/contracts';
import type { ReceivedHealth, ReceivedWorkRepository } from '@sync-hub/persistence';
import { isUnheard, type ReceivingFrom } from '../far-held/index.js';

/** Where the board reads from how other instances do. */
export interface InstancesReader {
  read(): Promise<readonly BoardInstance[]>;
}

/** Each instance that reports here, those too that never told, as the configuration is at that moment. */
export const instancesOn = (received: Pick<ReceivedWorkRepository, 'health'>, receiving: () => ReceivingFrom): InstancesReader => ({
  read: async () => {
    const { from } = receiving();
    return from.length === 0 ? [] : instancesAt(from, await received.health(from.map(({ id }) => id)), new Date());
  },
});

/** How each of them does, as of which moment, and whether that can still be believed then. */
export const instancesAt = (from: ReceivingFrom['from'], heard: readonly ReceivedHealth[], at: Date): readonly BoardInstance[] =>
  from.map(({ id, heardWithinMinutes }) => {
    const found = heard.find(({ origin }) => origin === id);
    const isOld = (heardAt: Date | null | undefined): boolean => heardAt === null || heardAt === undefined || isUnheard(heardAt, heardWithinMinutes, at);
    return {
      origin: id,
      heardAt: iso(found?.heardAt),
      isUnheard: isOld(found?.heardAt),
      health: found?.health ?? null,
      healthAsOf: iso(found?.healthAsOf),
      healthHeardAt: iso(found?.healthHeardAt),
      isOutdated: isOld(found?.heardAt) || isOld(found?.healthHeardAt),
    };
  });

const iso = (at: Date | null | undefined): string | null => at?.toISOString() ?? null;
