import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CARE_CATEGORIES, type CanonicalRecord } from '@sync-hub/categories';
import { categoriesOn, type LinkConfiguration } from '@sync-hub/configuration';
import { type RecordRef, recordKey, recordNamed, TransientError, type Uuid } from '@sync-hub/contracts';
import { isAsAgreed } from '@sync-hub/merge';
import { Claims } from '@sync-hub/messaging';
import type { CallOptions, SiteClient } from '@sync-hub/openmrs';
import { AgreementRepository, PipelineStore, SiteRepository } from '@sync-hub/persistence';
import { SiteClients } from '@sync-hub/runtime';

/** What a patient who leaves, or is back, has at the child, in one claim on her. */
export interface HeldAtChild {
  readonly patient: CanonicalRecord;
  /** She and all that is alive of hers there: what a void of her takes along, and what travels on the link. */
  readonly records: readonly RecordRef[];
  /** Those of them that are not as the ends agreed on them: nobody else has what stands there. */
  readonly unsent: readonly RecordRef[];
}

/** How a child is spoken to on behalf of a patient, by whom nobody else writes meanwhile. */
export interface AtWork {
  readonly client: SiteClient;
  readonly options: CallOptions;
}

/** Reads a patient at a child, and is the only one who writes of her there while it works. */
@Injectable()
export class AtChild {
  constructor(
    private readonly clients: SiteClients,
    private readonly agreements: AgreementRepository,
    private readonly sites: SiteRepository,
    private readonly store: PipelineStore,
  ) {}

  /** Does the work under the claim on the patient; `null` where somebody else has it. */
  async claimed<Result>(
    link: LinkConfiguration,
    by: { readonly id: string; readonly patient: Uuid },
    signal: AbortSignal,
    work: (at: AtWork) => Promise<Result>,
  ): Promise<Result | null> {
    const holder = `departure:${by.id}#${randomUUID()}`;
    const requestSeconds = this.clients.longestRequestMs(link.child) / 1000;
    const claims = new Claims(this.store, holder, { seconds: 120 + 2 * requestSeconds, requestSeconds });
    const claim = await claims.take(link.child, personOf(by.patient));
    if (claim === null) return null;
    try {
      return await work({ client: await this.clients.of(link.child), options: { signal, beforeRequest: claim.check } });
    } finally {
      await this.store.release(holder);
    }
  }

  /** How long a write that was sent at that moment may still land there, in seconds; 0 where it no longer may. */
  mayLandFor(link: LinkConfiguration, sentAt: Date | null): number {
    return sentAt === null ? 0 : Math.max(0, Math.ceil((sentAt.getTime() + this.clients.longestRequestMs(link.child) - Date.now()) / 1000));
  }

  async heldOf(link: LinkConfiguration, patient: Uuid, { client, options }: AtWork): Promise<HeldAtChild> {
    const person = personOf(patient);
    const held = await client.read(person, options);
    const gone = held.presence !== 'present';
    const along = gone ? [] : (await client.dependants(person, options)).map(named);
    const history = gone ? [] : await client.historyOf(patient, careOn(link), options);
    const records = [...new Map([person, ...along, ...history].map((record) => [recordKey(record), record])).values()];
    const unsent: RecordRef[] = [];
    for (const record of records) if (!(await this.isAgreed(link, record, record === person ? held : await client.read(record, options)))) unsent.push(record);
    return { patient: held, records, unsent };
  }

  private async isAgreed(link: LinkConfiguration, record: RecordRef, held: CanonicalRecord): Promise<boolean> {
    const [stored, generations] = await Promise.all([this.agreements.find(link.id, record), this.sites.generations([link.child])]);
    return isAsAgreed(this.agreements.asOf(stored, 'child', generations[link.child] ?? 1, held), 'child', held);
  }
}

export const personOf = (uuid: Uuid): RecordRef => ({ aggregate: 'person', uuid });

const careOn = (link: LinkConfiguration) => categoriesOn(link).filter((category) => CARE_CATEGORIES.includes(category));

function named(name: string): RecordRef {
  const record = recordNamed(name);
  if (record === null) throw new TransientError('unknown-dependant', 'what a void would take along is of no kind that is known');
  return record;
}
