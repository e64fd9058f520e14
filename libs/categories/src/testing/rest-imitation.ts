import { METADATA } from '@sync-hub/contracts';
import { CATEGORIES } from '../all-categories.js';
import type { Platform } from '../platform.js';
import { MODERN_PLATFORM } from '../platform.js';
import type { Step } from '../step.js';
import { ImitatedAttributed } from './imitated-attributed.js';
import { ImitatedCare } from './imitated-care.js';
import { ImitatedPeople } from './imitated-people.js';
import { Refused, type Row } from './rest-row.js';

/** What the imitation answers: the status webservices.rest would give, and the uuid of what was written. */
export interface ImitatedAnswer {
  readonly status: number;
  readonly uuid?: string;
}

type People = 'person' | 'patient';
type Attributed = (typeof ATTRIBUTED)[number];
type Care = 'encounter' | 'obs';

const ATTRIBUTED = [
  'location',
  'visit',
  'relationship',
  'programenrollment',
  'condition',
  'diagnosis',
  'order',
  'medicationdispense',
  'allergy',
  'cohort',
  'user',
  'systemsetting',
  ...METADATA,
] as const;

/**
 * A webservices.rest in memory, as much of it as categories write to and read from: top-level and item creates, partial
 * updates, voids, restores, one preferred item. `violations` collects what no step may ever leave behind.
 */
export class RestImitation {
  readonly violations: string[] = [];
  readonly log: Step[] = [];
  /** By resource. */
  private readonly attributed: Readonly<Record<string, ImitatedAttributed>>;
  private readonly people: ImitatedPeople;
  private readonly care: ImitatedCare;

  constructor(readonly platform: Platform = MODERN_PLATFORM) {
    const clock = { seconds: 0 };
    this.attributed = Object.fromEntries(
      ATTRIBUTED.map((name) => [CATEGORIES[name].resource, new ImitatedAttributed(CATEGORIES[name], platform, clock)]),
    ) as Readonly<Record<string, ImitatedAttributed>>;
    this.people = new ImitatedPeople(platform, clock);
    this.care = new ImitatedCare(platform, clock);
  }

  /** Does one step, as the server would. */
  apply(step: Step): ImitatedAnswer {
    this.log.push(step);
    const [path = ''] = step.path.split('?');
    const [resource = '', uuid, list, row] = path.split('/');
    try {
      const answer = this.answer(resource, step, [uuid, list, row]);
      this.violations.push(...this.people.violations(), ...this.care.violations());
      return answer;
    } catch (error) {
      if (error instanceof Refused) return { status: error.status };
      throw error;
    }
  }

  private answer(resource: string, step: Step, [uuid, list, row]: readonly (string | undefined)[]): ImitatedAnswer {
    const below = list === undefined ? undefined : this.attributed[list];
    if (resource === 'patient' && below !== undefined) return applyBelow(below, step, String(uuid), row);
    const attributed = this.attributed[resource];
    if (attributed !== undefined) return attributed.apply(step, uuid, list, row);
    if (resource === 'encounter') return this.care.applyToEncounter(step, uuid, list, row);
    if (resource === 'obs') return this.care.applyToObs(step, uuid);
    return this.people.apply(step, resource === 'patient', uuid, list, row);
  }

  /** The body of a record as the categories' representations would tell it; `undefined` is 404. */
  body(resource: Attributed | People | Care, uuid: string): Row | undefined {
    if (resource === 'encounter') return this.care.encounterBody(uuid);
    if (resource === 'obs') return this.care.obsBody(uuid);
    const attributed = this.attributed[resource];
    if (attributed !== undefined) return attributed.body(uuid);
    return resource === 'patient' ? this.people.patientBody(uuid) : this.people.personBody(uuid);
  }

  /** Every uuid there is of a resource, voided ones included. */
  uuids(resource: Attributed | People): string[] {
    const attributed = this.attributed[resource];
    if (attributed !== undefined) return attributed.uuids();
    return this.people.uuids(resource === 'patient');
  }
}

/** What is found below its patient alone, which its body does not name (DelegatingSubResource.testParent). */
function applyBelow(below: ImitatedAttributed, step: Step, patient: string, uuid: string | undefined): ImitatedAnswer {
  if (step.body !== undefined && 'patient' in step.body) throw new Refused(400);
  if (uuid === undefined) return below.apply({ ...step, body: { ...step.body, patient } }, uuid, undefined, undefined);
  if ((below.body(uuid)?.['patient'] as Row | null)?.['uuid'] !== patient) throw new Refused(404);
  return below.apply(step, uuid, undefined, undefined);
}
