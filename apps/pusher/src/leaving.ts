import { Injectable } from '@nestjs/common';
import type { LinkConfiguration } from '@sync-hub/configuration';
import { type RecordRef, TransientError } from '@sync-hub/contracts';
import type { Tx } from '@sync-hub/messaging';
import { ChangeRepository, type Departure, DepartureRepository } from '@sync-hub/persistence';
import { Hub } from '@sync-hub/runtime';
import { AtChild, type AtWork, type HeldAtChild, personOf } from './at-child.js';
import { LinkBrake } from './link-brake.js';

/** How soon it is tried again where something of the patient is under way, has yet to go up, or the link is paused. */
const OPEN_SECONDS = 2;
const UNSENT_SECONDS = 3;
/** What does not go up though it was looked at is of a kind that does not travel, or held: somebody must see to it. */
const STILL_UNSENT_SECONDS = 300;
const BRAKED_SECONDS = 30;

/** Takes a patient who has left a catchment out of use at the child: what is unsent goes up first, then the tombstone, then the void. */
@Injectable()
export class Leaving {
  constructor(
    private readonly hub: Hub,
    private readonly atChild: AtChild,
    private readonly departures: DepartureRepository,
    private readonly changes: ChangeRepository,
    private readonly brake: LinkBrake,
  ) {}

  /** One step, or several. Each is committed before the next. */
  async go(link: LinkConfiguration, departure: Departure, signal: AbortSignal): Promise<void> {
    if (departure.state === 'leaving' && link.whenPatientLeaves !== 'retire')
      return this.committed((tx) => this.departures.forget(tx, link.id, departure.patient));
    const mayLandFor = departure.state === 'voiding' ? this.atChild.mayLandFor(link, departure.sentAt) : 0;
    if (mayLandFor > 0) {
      await this.wait(link, departure, 'unknown-write', mayLandFor);
      return;
    }
    const work = (at: AtWork) => (departure.state === 'leaving' ? this.drain(link, departure, at) : this.retire(link, departure, at));
    if ((await this.atChild.claimed(link, departure, signal, work)) === null) await this.wait(link, departure, 'claimed', OPEN_SECONDS);
  }

  /** All that she has at the child is agreed, and nothing of it is under way: then nothing travels any more. */
  private async drain(link: LinkConfiguration, departure: Departure, at: AtWork): Promise<true> {
    const held = await this.atChild.heldOf(link, departure.patient, at);
    const unsent = unsentOf(departure, held);
    if (await this.isAnythingOpen(link, held)) return this.wait(link, departure, 'open', OPEN_SECONDS);
    if (unsent.length > 0) return this.sendFirst(link, departure, unsent);
    const counted = { link: link.id, jobId: departure.id, aggregate: 'person' as const, openedAt: departure.since };
    if (!(await this.brake.letsVoid(counted, link.parent))) return this.wait(link, departure, 'braked', BRAKED_SECONDS);
    const isClosed = await this.inTx(async (tx) => {
      const stands = await this.departures.move(tx, departure, 'closed', link.child);
      if (stands) await this.departures.takeDown(tx, departure, held.records);
      return stands;
    });
    return !isClosed || this.retire(link, { ...departure, state: 'closed' }, at);
  }

  /** The tombstone stands. What was done at the child until it did is looked for once more; then she is voided. */
  private async retire(link: LinkConfiguration, departure: Departure, at: AtWork): Promise<true> {
    const held = await this.atChild.heldOf(link, departure.patient, at);
    if (held.patient.presence !== 'present' && departure.state === 'voiding') return this.retired(link, departure);
    const unsent = unsentOf(departure, held);
    if (unsent.length > 0 || (await this.isAnythingOpen(link, held))) return this.liftFor(link, departure, unsent);
    const isDue = await this.inTx(async (tx) => {
      if (!(await this.hub.repositories.patientStops.lets(tx, link.id, departure.patient))) return false;
      const stands = departure.state === 'voiding' || (await this.departures.move(tx, departure, 'voiding', link.child));
      if (stands) await this.departures.takeDown(tx, departure, held.records);
      return stands;
    });
    if (!isDue) return true;
    const written =
      held.patient.presence === 'present'
        ? await at.client.write(held.patient, held.patient, { presence: 'voided', fields: new Map() }, at.options)
        : held.patient;
    if (written.presence === 'present') throw new TransientError('not-voided', 'a patient was voided and reads as if she were not', { site: link.child });
    return this.retired(link, { ...departure, state: 'voiding' });
  }

  private isAnythingOpen(link: LinkConfiguration, { records }: HeldAtChild): Promise<boolean> {
    return this.departures.isAnythingOpen(link.id, [link.parent, link.child], records);
  }

  private async sendFirst(link: LinkConfiguration, departure: Departure, unsent: readonly RecordRef[]): Promise<true> {
    await this.committed((tx) => this.lookAt(tx, link, unsent));
    return this.wait(link, departure, 'unsent', departure.reason === 'unsent' ? STILL_UNSENT_SECONDS : UNSENT_SECONDS);
  }

  /** Nothing was voided yet, and something was done at the child meanwhile: it goes up, and she leaves after it. */
  private async liftFor(link: LinkConfiguration, departure: Departure, unsent: readonly RecordRef[]): Promise<true> {
    await this.committed(async (tx) => {
      if (!(await this.departures.move(tx, departure, 'leaving', link.child))) return;
      await this.departures.letGo(tx, departure);
      await this.lookAt(tx, link, unsent.length > 0 ? unsent : [personOf(departure.patient)]);
    });
    return true;
  }

  private lookAt(tx: Tx, link: LinkConfiguration, records: readonly RecordRef[]): Promise<void> {
    return this.changes.open(
      tx,
      records.map((record) => ({ site: link.child, record })),
    );
  }

  private async retired(link: LinkConfiguration, departure: Departure): Promise<true> {
    await this.committed((tx) => this.departures.move(tx, departure, 'retired', link.child));
    return true;
  }

  private async wait(link: LinkConfiguration, departure: Departure, reason: string, seconds: number): Promise<true> {
    await this.committed((tx) => this.departures.wait(tx, departure, { reason, seconds }, link.child));
    return true;
  }

  private async committed(work: (tx: Tx) => Promise<unknown>): Promise<void> {
    await this.inTx(work);
  }

  private async inTx<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> {
    const { result, said } = await this.hub.parts.database.transaction(work);
    await this.hub.outgoing.send(said);
    return result;
  }
}

/** She is voided already, by the void that was sent when she left before: that is nobody's to send up. */
const unsentOf = ({ sentAt }: Departure, { unsent, patient }: HeldAtChild): readonly RecordRef[] =>
  patient.presence !== 'present' && sentAt !== null ? [] : unsent;
