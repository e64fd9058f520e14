import type { Platform } from '../platform.js';
import { MODERN_PLATFORM } from '../platform.js';
import type { Step } from '../step.js';
import { ImitatedLocations } from './imitated-locations.js';
import { ImitatedPeople } from './imitated-people.js';
import { Refused, type Row } from './rest-row.js';

/** What the imitation answers: the status webservices.rest would give, and the uuid of what was written. */
export interface ImitatedAnswer {
  readonly status: number;
  readonly uuid?: string;
}

/**
 * A webservices.rest in memory, as much of it as categories write to and read from: top-level and item creates, partial
 * updates, voids, restores, one preferred item. `violations` collects what no step may ever leave behind.
 */
export class RestImitation {
  readonly violations: string[] = [];
  readonly log: Step[] = [];
  private readonly locations: ImitatedLocations;
  private readonly people: ImitatedPeople;

  constructor(readonly platform: Platform = MODERN_PLATFORM) {
    const clock = { seconds: 0 };
    this.locations = new ImitatedLocations(platform, clock);
    this.people = new ImitatedPeople(platform, clock);
  }

  /** Does one step, as the server would. */
  apply(step: Step): ImitatedAnswer {
    this.log.push(step);
    const [path = ''] = step.path.split('?');
    const [resource, uuid, list, row] = path.split('/');
    try {
      const answer = resource === 'location' ? this.locations.apply(step, uuid, list, row) : this.people.apply(step, resource === 'patient', uuid, list, row);
      this.violations.push(...this.people.violations());
      return answer;
    } catch (error) {
      if (error instanceof Refused) return { status: error.status };
      throw error;
    }
  }

  /** The body of a record as the categories' representations would tell it; `undefined` is 404. */
  body(resource: 'location' | 'person' | 'patient', uuid: string): Row | undefined {
    if (resource === 'location') return this.locations.body(uuid);
    return resource === 'patient' ? this.people.patientBody(uuid) : this.people.personBody(uuid);
  }

  /** Every uuid there is of a resource, voided ones included. */
  uuids(resource: 'location' | 'person' | 'patient'): string[] {
    if (resource === 'location') return this.locations.uuids();
    return this.people.uuids(resource === 'patient');
  }
}
