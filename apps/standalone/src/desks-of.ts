import type { ConsoleParts } from '@sync-hub/console';
import { dryRunOn } from '@sync-hub/pusher';
import { everyHeldDeskOf, type Hub, ownDeskOn, patientDeskOn, recordDeskOn, widgetDeskOn } from '@sync-hub/runtime';

type Desks = Pick<ConsoleParts, 'desk' | 'rules' | 'bulk' | 'held' | 'runs' | 'feeds' | 'own' | 'widgets' | 'links' | 'patients' | 'records' | 'auditDesk'>;

/** The desks at which people work in the console, on the hub of this process. */
export function desksOf(hub: Hub): Desks {
  const { database, vault } = hub.parts;
  const configuration = () => hub.rules.current;
  return {
    desk: hub.everyConflictDesk(),
    rules: hub.policyRuleDesk(),
    bulk: hub.bulkDesk(),
    held: everyHeldDeskOf(hub, dryRunOn(hub)),
    runs: hub.manualRunDesk(),
    feeds: hub.feedDesk(),
    own: ownDeskOn(database, vault, configuration),
    widgets: widgetDeskOn(database, vault, configuration),
    links: hub.linkDesk(),
    patients: patientDeskOn(database, vault, configuration, (said) => hub.outgoing.send(said)),
    records: recordDeskOn(database, vault, configuration),
    auditDesk: hub.auditDesk(),
  };
}
