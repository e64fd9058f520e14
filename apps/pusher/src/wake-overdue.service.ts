import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { linksRunAt } from '@sync-hub/configuration';
import { ChangeRepository, WaiterRepository } from '@sync-hub/persistence';
import { Hub, Periodic } from '@sync-hub/runtime';

const EVERY_MS = 5000;
/** So long a job waits for a message before its target is asked again without one. */
const OVERDUE_SECONDS = 60;
const AT_ONCE = 100;
/** What was observed is many records at once, and a look at each is cheap beside a first load. */
const OBSERVED_AT_ONCE = 500;
/** As with these, of those whose class has opened, or whose patient goes on. */
const RELEASED_AT_ONCE = 500;

/** The wake-ups that depend on no message: from time to time each waiting job is looked at anew, and its target asked; so is what was observed on a link that has gone live, who waited for a class that is open again, what was held of a patient whom somebody let go on, and one record of each that is closed. */
@Injectable()
export class WakeOverdueService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly work: Periodic;

  constructor(
    private readonly hub: Hub,
    private readonly waiters: WaiterRepository,
    private readonly changes: ChangeRepository,
  ) {
    this.work = new Periodic('wake-overdue', EVERY_MS, () => this.wake(), hub.parts.log);
  }

  onApplicationBootstrap(): void {
    this.work.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.work.stop();
  }

  private async wake(): Promise<void> {
    const { rules, parts, outgoing, times } = this.hub;
    const { closedClasses, patientStops } = this.hub.repositories;
    const live = linksRunAt(rules.current).filter(({ id }) => rules.writing(id) === 'live');
    const { said } = await parts.database.transaction(async (tx) => {
      const overdue = await this.waiters.overdue(tx, OVERDUE_SECONDS, AT_ONCE);
      const observed = await this.waiters.observedOn(
        tx,
        live.map(({ id }) => id),
        OBSERVED_AT_ONCE,
      );
      const tried = await closedClasses.trials(tx, times.tryClosedSeconds);
      const released = await closedClasses.released(tx, RELEASED_AT_ONCE);
      const goOn = await patientStops.released(tx, RELEASED_AT_ONCE);
      await this.changes.open(tx, [...overdue, ...observed, ...tried, ...released, ...goOn]);
    });
    await outgoing.send(said);
  }
}
