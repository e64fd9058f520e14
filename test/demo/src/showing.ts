import type { Simulator } from '@sync-hub/openmrs-simulator';
import type { Clinics } from './clinics.js';
import type { Delivery, HubWatch } from './hub-watch.js';
import type { Screen } from './screen.js';
import { shownRow } from './shown-row.js';

const LOOK_EVERY_MS = 250;
const REMEMBERED = 50;

export interface ToShow {
  readonly screen: Screen;
  readonly watch: HubWatch;
  readonly clinics: Clinics;
  readonly sites: readonly Simulator[];
  readonly titleOf: (site: string) => string;
}

/** Brings what the hub's tables tell onto the screen, again and again. */
export class Showing {
  /** Requests that the sites have answered since the demo began. */
  requests = 0;
  private readonly begun = new Date();
  private arrived = 0;
  private lately: readonly number[] = [];
  private timer: NodeJS.Timeout | null = null;
  private look: Promise<void> = Promise.resolve();

  constructor(private readonly parts: ToShow) {}

  start(): void {
    this.timer = setTimeout(() => {
      this.look = this.lookOnce().then(
        () => (this.timer === null ? undefined : this.start()),
        () => (this.timer === null ? undefined : this.start()), // the database may be away for a moment
      );
    }, LOOK_EVERY_MS);
  }

  /** Shows what is left, and ends. */
  async stop(): Promise<void> {
    if (this.timer === null) return;
    clearTimeout(this.timer);
    this.timer = null;
    await this.look;
    await this.lookOnce().catch(() => undefined);
  }

  private async lookOnce(): Promise<void> {
    const { screen, watch, clinics, sites, titleOf } = this.parts;
    for (const site of sites) {
      this.requests += site.requests.length;
      site.resetRequests();
    }
    for (const delivery of (await watch.news()).filter(isToBeSeen)) {
      const row = shownRow(delivery, { deeds: clinics.deeds, begun: this.begun, titleOf });
      screen.arrived(row);
      if (delivery.outcome !== 'pushed') continue;
      this.arrived += 1;
      this.lately = [...this.lately, row.seconds].slice(-REMEMBERED);
    }
    const [{ changes, jobs }, held] = await Promise.all([watch.movement(), watch.heldCount()]);
    screen.count({ arrived: this.arrived, onTheWay: changes + jobs, held, typicalSeconds: middleOf(this.lately) });
  }
}

/** A look that found nothing to do is no news: most of them are echoes of what arrived. */
const isToBeSeen = ({ outcome }: Delivery): boolean => outcome !== 'in-step' && outcome !== 'superseded';

const middleOf = (values: readonly number[]): number | null => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? null;
