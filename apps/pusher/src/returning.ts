import { Injectable } from '@nestjs/common';
import type { LinkConfiguration } from '@sync-hub/configuration';
import { type RecordRef, RefusedError } from '@sync-hub/contracts';
import { ChangeRepository, type Departure, DepartureRepository, MembershipRepository } from '@sync-hub/persistence';
import { Hub } from '@sync-hub/runtime';
import { AtChild, type AtWork } from './at-child.js';

const CLAIMED_SECONDS = 2;
/** How often it is asked whether people have brought back what the site brings back for nobody else. */
const BY_HAND_SECONDS = 60;

interface BroughtBack {
  readonly back: readonly RecordRef[];
  /** Why the first that is not back is not; `null` where all are. */
  readonly reason: string | null;
}

/** Brings back what went with a patient, record by record, and lets what is back travel again. */
@Injectable()
export class Returning {
  constructor(
    private readonly hub: Hub,
    private readonly atChild: AtChild,
    private readonly departures: DepartureRepository,
    private readonly changes: ChangeRepository,
    private readonly memberships: MembershipRepository,
  ) {}

  async go(link: LinkConfiguration, departure: Departure, signal: AbortSignal): Promise<void> {
    const mayLandFor = departure.state === 'returning' ? this.atChild.mayLandFor(link, departure.sentAt) : 0;
    if (mayLandFor > 0) return this.wait(link, departure, 'unknown-write', mayLandFor);
    const brought = await this.atChild.claimed(link, departure, signal, (at) => this.bringBack(link, departure, at));
    if (brought === null) return this.wait(link, departure, 'claimed', CLAIMED_SECONDS);
    const { said } = await this.hub.parts.database.transaction(async (tx) => {
      for (const record of brought.back) await this.departures.isBack(tx, departure, record);
      const isHers = brought.back.some(({ uuid }) => uuid === departure.patient) || departure.state !== 'returning';
      if (isHers && departure.state === 'returning') await this.departures.move(tx, departure, 'restoring', link.child);
      if (isHers) await this.memberships.listAnew(tx, link.id, departure.patient);
      if (isHers) {
        await this.changes.open(
          tx,
          brought.back.flatMap((record) => [link.parent, link.child].map((site) => ({ site, record }))),
        );
      }
      const now = { ...departure, state: isHers && departure.state === 'returning' ? ('restoring' as const) : departure.state };
      if (brought.reason !== null) await this.departures.wait(tx, now, { reason: brought.reason, seconds: BY_HAND_SECONDS }, link.child);
      else if (now.state !== 'kept') await this.departures.forget(tx, link.id, departure.patient);
    });
    await this.hub.outgoing.send(said);
  }

  /** She first, for nothing of hers comes back without her. */
  private async bringBack(link: LinkConfiguration, departure: Departure, { client, options }: AtWork): Promise<BroughtBack> {
    const back: RecordRef[] = [];
    let reason: string | null = null;
    for (const record of await this.departures.recordsOf(departure)) {
      const held = await client.read(record, options);
      if (!(await this.isLet(link, departure))) return { back, reason: 'patient-stopped' };
      try {
        const now = held.presence === 'voided' ? await client.write(held, held, { presence: 'present', fields: new Map() }, options) : held;
        if (now.presence !== 'voided') back.push(record);
        else reason ??= 'not-restored';
      } catch (error) {
        if (!(error instanceof RefusedError)) throw error;
        reason ??= error.code;
      }
      if (record.aggregate === 'person' && reason !== null) break;
    }
    return { back, reason };
  }

  /** Has nobody stopped her meanwhile? */
  private async isLet(link: LinkConfiguration, { patient }: Departure): Promise<boolean> {
    return (await this.hub.parts.database.transaction((tx) => this.hub.repositories.patientStops.lets(tx, link.id, patient))).result;
  }

  private async wait(link: LinkConfiguration, departure: Departure, reason: string, seconds: number): Promise<void> {
    const { said } = await this.hub.parts.database.transaction((tx) => this.departures.wait(tx, departure, { reason, seconds }, link.child));
    await this.hub.outgoing.send(said);
  }
}
