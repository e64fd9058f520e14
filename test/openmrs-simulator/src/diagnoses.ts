import { CODED_OR_FREE_TEXT, inWords, readCodedOrFreeText, setCodedOrFreeText } from './coded-or-free-text.js';
import type { Ref } from './database.js';
import { one, type Resource, resource, text, words } from './resource.js';
import { notSupported, Validation } from './rest-error.js';
import type { Writer } from './writer.js';

/** `DiagnosisValidator`, which asks nothing of one that is voided. */
export function saveDiagnosis({ tx }: Writer, target: Ref): void {
  const { values } = tx.now(target);
  if (values['voided'] === true) return;
  const isNull = (key: string): boolean => (values[key] ?? null) === null;
  const errors = new Validation();
  if (isNull('encounter')) errors.reject('error.null', 'encounter');
  if (['coded', 'nonCoded', 'specificName'].every(isNull)) errors.reject('error.null', 'diagnosis');
  for (const key of ['certainty', 'rank']) if (isNull(key)) errors.reject('error.null', key);
  if (Number(values['rank']) < 0) errors.reject('error.rank.notPositiveInteger', 'rank');
  errors.done();
}

const FORM_FIELDS = 'formFieldNamespace formFieldPath';
const OWN = 'diagnosis encounter condition certainty patient rank';
const diagnosis = resource({
  name: 'patientdiagnoses',
  javaClass: 'org.openmrs.Diagnosis',
  life: 'voided',
  version: '1.8',
  privileges: { get: 'Get Diagnoses', add: 'Edit Diagnoses', edit: 'Edit Diagnoses', remove: 'Edit Diagnoses', purge: 'Delete Diagnoses' },
  fields: {
    ...CODED_OR_FREE_TEXT,
    patient: one('patient'),
    encounter: one('encounter'),
    condition: one('condition'),
    certainty: { is: 'choice', from: ['PROVISIONAL', 'CONFIRMED'] },
    rank: { is: 'number' },
    ...text(FORM_FIELDS),
  },
  standard: `uuid diagnosis:ref condition:ref encounter:ref certainty rank voided display patient:ref ${FORM_FIELDS}`,
  full: `uuid diagnosis patient:ref condition encounter certainty rank voided auditInfo display ${FORM_FIELDS}`,
  create: words(`${OWN} ${FORM_FIELDS}`),
  required: words(OWN),
  update: words(`diagnosis condition rank voided certainty encounter ${FORM_FIELDS}`),
  display: inWords,
  reads: { diagnosis: readCodedOrFreeText },
  sets: { diagnosis: setCodedOrFreeText },
  save: saveDiagnosis,
  unvoids: () => {
    throw notSupported('undelete action not yet supported for this resource');
  },
});

export const diagnosesTable: readonly Resource[] = [diagnosis];
