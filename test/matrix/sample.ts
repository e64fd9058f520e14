import type { Platform } from '@sync-hub/categories';
import type { Aggregate, RecordRef } from '@sync-hub/contracts';
import type { Simulator } from '@sync-hub/openmrs-simulator';

/** How people make a record of one kind at a site, change it, take it out of use and bring it back. */
export interface Sample {
  /** What must travel before it, and the record last. Every field that the kind has is given something to hold. */
  readonly make: (site: Simulator, number: number, platform: Platform) => readonly [...RecordRef[], RecordRef];
  /** What is to travel then: the record, or what took its place, which comes last. */
  readonly change: (site: Simulator, uuid: string, platform: Platform) => readonly [...RecordRef[], RecordRef];
  readonly void: (site: Simulator, uuid: string) => void;
  readonly restore: (site: Simulator, uuid: string) => void;
  /** Puts one in at a site that nobody could write it at. */
  readonly seed?: (site: Simulator, number: number) => RecordRef;
}

export const ref = (aggregate: Aggregate, uuid: string): RecordRef => ({ aggregate, uuid });

/** What stands there under the uuid is changed, and travels alone. */
export const inPlace =
  (aggregate: Aggregate, edit: (site: Simulator, uuid: string, platform: Platform) => void): Sample['change'] =>
  (site, uuid, platform) => {
    edit(site, uuid, platform);
    return [ref(aggregate, uuid)];
  };

export const NINE = '2024-02-01T09:00:00.000+0000';
export const TEN = '2024-02-01T10:00:00.000+0000';
