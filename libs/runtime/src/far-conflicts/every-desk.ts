import type { Configuration } from '@sync-hub/configuration';
import type { ConflictDesk } from '@sync-hub/contracts';
import type { ReceivedConflictRepository } from '@sync-hub/persistence';
import { EveryConflictDesk } from './every-conflict-desk.js';
import { ReceivedConflictDesk } from './received-conflict-desk.js';

/** A desk for people: the instance's own conflicts, and those of the instances that report to it as its configuration is at that moment. */
export const everyDesk = (own: ConflictDesk, received: ReceivedConflictRepository, current: () => Pick<Configuration, 'instance'>): ConflictDesk =>
  new EveryConflictDesk(
    own,
    new ReceivedConflictDesk(received, () => {
      const { id, receives } = current().instance;
      return { instance: id, origins: receives?.from.map((from) => from.id) ?? [] };
    }),
  );
