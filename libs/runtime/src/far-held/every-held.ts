import { type Configuration, HEARD_WITHIN_MINUTES } from '@sync-hub/configuration';
import type { HeldDesk } from '@sync-hub/contracts';
import type { Envelope } from '@sync-hub/messaging';
import type { Database, ReceivedWorkRepository } from '@sync-hub/persistence';
import type { HeldDryRun } from '../held/index.js';
import type { Hub } from '../hub.js';
import { EveryHeldDesk } from './every-held-desk.js';
import { ReceivedHeldDesk, type ReceivingFrom } from './received-held-desk.js';

interface Parts {
  readonly database: Database;
  readonly received: ReceivedWorkRepository;
  readonly current: () => Pick<Configuration, 'instance'>;
  readonly send: (said: readonly Envelope[]) => Promise<void>;
}

/** Who reports here, as the configuration is at that moment. */
export const receivingIn = ({ instance: { id, receives } }: Pick<Configuration, 'instance'>): ReceivingFrom => ({
  instance: id,
  from: receives?.from.map(({ id: from, heardWithinMinutes }) => ({ id: from, heardWithinMinutes: heardWithinMinutes ?? HEARD_WITHIN_MINUTES })) ?? [],
});

/** A desk for people: what is held here, and at the instances that report here. */
export const everyHeldDesk = (own: HeldDesk, { database, received, current, send }: Parts): HeldDesk =>
  new EveryHeldDesk(own, new ReceivedHeldDesk({ database, received, send, receiving: () => receivingIn(current()) }), () => current().instance.id);

/** The same on a hub; `dryRun` where somebody there can ask the sites. */
export const everyHeldDeskOf = (hub: Hub, dryRun: HeldDryRun | null = null): HeldDesk =>
  everyHeldDesk(hub.heldDesk(dryRun), {
    database: hub.parts.database,
    received: hub.repositories.receivedWork,
    current: () => hub.rules.current,
    send: (said) => hub.outgoing.send(said),
  });
