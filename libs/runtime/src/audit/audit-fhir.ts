import { type AuditLine, stepOfLine } from '@sync-hub/contracts';

/** As much of FHIR R4's AuditEvent as a line of the audit says (https://hl7.org/fhir/R4/auditevent.html). */
export interface AuditEvent {
  readonly resourceType: 'AuditEvent';
  readonly id: string;
  readonly type: Coding;
  readonly subtype: readonly Coding[];
  readonly action: 'R' | 'U' | 'D' | 'E';
  readonly recorded: string;
  readonly outcome: '0' | '4' | '8';
  readonly outcomeDesc?: string;
  readonly agent: readonly { readonly who: Who; readonly requestor: boolean }[];
  readonly source: { readonly site: string; readonly observer: Who };
  readonly entity: readonly { readonly what?: Who; readonly detail: readonly { readonly type: string; readonly valueString: string }[] }[];
}

interface Coding {
  readonly system: string;
  readonly code: string;
  readonly display?: string;
}

interface Who {
  readonly type?: string;
  readonly display?: string;
  readonly identifier?: { readonly system: string; readonly value: string };
}

const OURS = 'urn:openmrs-sync-hub';

/** A person's act amends; what the hub says by itself transmits (FHIR's record lifecycle events). */
const LIFECYCLE = 'http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle';

const FHIR_TYPES: Readonly<Record<string, string>> = {
  person: 'Patient',
  location: 'Location',
  encounter: 'Encounter',
  visit: 'Encounter',
  obs: 'Observation',
  condition: 'Condition',
  diagnosis: 'Condition',
  order: 'ServiceRequest',
  medicationdispense: 'MedicationDispense',
  allergy: 'AllergyIntolerance',
  diagnosticreport: 'DiagnosticReport',
  task: 'Task',
  appointment: 'Appointment',
  provider: 'Practitioner',
  cohort: 'Group',
};

/** A line of the audit as an AuditEvent. `instance` is what this instance calls itself. */
export function auditEvent(line: AuditLine, instance: string): AuditEvent {
  const by = typeof line.details['by'] === 'string' ? line.details['by'] : null;
  const observer = { display: line.origin ?? instance };
  return {
    resourceType: 'AuditEvent',
    id: `${line.origin === null ? 'own' : 'received'}-${line.id}`,
    type: typeOf(line, by),
    subtype: [{ system: `${OURS}:message`, code: line.type }],
    action: actionOf(line),
    recorded: line.recordedAt,
    outcome: outcomeOf(line),
    ...(line.reason === null || line.reason === '' ? {} : { outcomeDesc: line.reason }),
    agent: [by === null ? { who: observer, requestor: false } : { who: { identifier: { system: `${OURS}:account`, value: by } }, requestor: true }],
    source: { site: line.site, observer },
    entity: [{ ...(line.uuid === null ? {} : { what: recordOf(line.aggregate ?? '', line.uuid) }), detail: detailsOf(line) }],
  };
}

const DICOM = 'http://dicom.nema.org/resources/ontology/DCM';

/** Who comes in is what DICOM calls user authentication, what is written out an export, a search a query, and a start or another configuration application activity; all else is of a record's lifecycle. */
function typeOf({ type, outcome }: AuditLine, by: string | null): AuditEvent['type'] {
  if (type.startsWith('account.changed.') && SIGNING.test(outcome ?? '')) return { system: DICOM, code: '110114' };
  if (type.startsWith('configuration.taken.')) return { system: DICOM, code: '110100' };
  if (type.startsWith('audit.exported.')) return { system: DICOM, code: '110106' };
  if (type.startsWith('audit.searched.')) return { system: DICOM, code: '110112' };
  if (type.startsWith('body.shown.')) return { system: LIFECYCLE, code: 'access' };
  return { system: LIFECYCLE, code: type.startsWith('audit.dropped.') ? 'destroy' : by === null ? 'transmit' : 'amend' };
}

const SIGNING = /^sign(?:ed|-in)-/;

function actionOf({ type, outcome }: AuditLine): AuditEvent['action'] {
  if (/^(?:record\.fetched|audit\.exported|body\.shown)\./.test(type)) return 'R';
  if (type.startsWith('audit.dropped.')) return 'D';
  return outcome === 'pushed' ? 'U' : 'E';
}

/** What waits or is asked about is a minor failure, what is parked for a person to mend a serious one. */
function outcomeOf({ type, outcome }: AuditLine): AuditEvent['outcome'] {
  if (outcome === 'parked' || type.startsWith('change.held.')) return '8';
  return type.startsWith('job.held.') || type.startsWith('conflict.found.') || outcome === 'sign-in-refused' || outcome === 'export-broken-off' ? '4' : '0';
}

const recordOf = (aggregate: string, uuid: string): Who => ({
  ...(FHIR_TYPES[aggregate] === undefined ? {} : { type: FHIR_TYPES[aggregate] }),
  identifier: { system: `${OURS}:record:${aggregate}`, value: uuid },
});

/** FHIR wants no empty text. */
function detailsOf({ messageId, correlationId, link, outcome, details }: AuditLine): readonly { readonly type: string; readonly valueString: string }[] {
  const all = {
    messageId,
    correlationId,
    link,
    outcome,
    ...Object.fromEntries(Object.entries(details).filter(([name]) => name !== 'record' && name !== 'site' && name !== 'step')),
    ...stepOfLine({ details }),
  };
  return Object.entries(all)
    .map(([type, value]) => ({ type, valueString: value === null || value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value) }))
    .filter(({ type, valueString }) => valueString.trim() !== '' && type.trim() !== '');
}
