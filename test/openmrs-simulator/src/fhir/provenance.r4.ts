import type { Row, Value } from '../database.js';
import type { FhirReading } from './fhir-call.js';
import { fhirDateTime, fhirInstant } from './fhir-dates.js';
import { compact, type Json } from './fhir-json.js';
import { userReference } from './references.r4.js';

const SYSTEM = 'http://terminology.hl7.org/CodeSystem';
const ACTIVITIES = { CREATE: 'create', UPDATE: 'revise' } as const;

/** Who and when, of whom. */
export interface Stamps {
  readonly creator: Value | undefined;
  readonly dateCreated: Value | undefined;
  readonly changedBy: Value | undefined;
  readonly dateChanged: Value | undefined;
}

const stampsOf = ({ values }: Row): Stamps => ({
  creator: values['creator'],
  dateCreated: values['dateCreated'],
  changedBy: values['changedBy'],
  dateChanged: values['dateChanged'],
});

/** `BaseProvenanceHandlingTranslator` 1.3.0, whose systems lack a slash; each reading makes another id. */
function provenance(activity: keyof typeof ACTIVITIES, by: Value | undefined, at: Value | undefined, reading: FhirReading): Json {
  const coding = (system: string, code: string, display: string): Json => ({ coding: [{ system: `${SYSTEM}${system}`, code, display }] });
  return {
    resourceType: 'Provenance',
    id: reading.engine.random.uuid(),
    recorded: typeof at === 'number' ? fhirInstant(at, reading.engine.zone) : null,
    activity: coding('v3-DataOperation', activity, ACTIVITIES[activity]),
    agent: [
      {
        type: coding('provenance-participant-type', 'author', 'Author'),
        role: [coding('v3-ParticipationType', 'AUT', 'author')],
        who: userReference(by, reading),
      },
    ],
  };
}

const isThere = (value: Value | undefined): boolean => value !== null && value !== undefined;

function contained({ creator, dateCreated, changedBy, dateChanged }: Stamps, reading: FhirReading): readonly Json[] {
  const changed = isThere(dateChanged) || isThere(changedBy) ? [provenance('UPDATE', changedBy, dateChanged, reading)] : [];
  return [provenance('CREATE', creator, dateCreated, reading), ...changed];
}

/** `meta` and `contained` of a record: which version it is in newer releases, who made and changed it in older ones (FM2-605, FM2-464). */
export function metaOf(row: Row, reading: FhirReading, { stamps = stampsOf(row), tag = [] }: { stamps?: Stamps; tag?: readonly Json[] } = {}): Json {
  const { profile, engine } = reading;
  const at = profile.versions ? (stamps.dateChanged ?? stamps.dateCreated) : stamps.dateChanged;
  const moment = typeof at === 'number' ? at : null;
  return compact({
    meta: {
      versionId: profile.versions && moment !== null ? String(moment) : null,
      lastUpdated: moment === null ? null : fhirInstant(moment, engine.zone),
      tag,
    },
    contained: profile.provenance ? contained(stamps, reading) : [],
  });
}

/** A moment that a row holds, as a `dateTime`. */
export const shownMoment = (value: Value | undefined, { engine }: FhirReading): string | null =>
  typeof value === 'number' ? fhirDateTime(value, engine.zone) : null;
