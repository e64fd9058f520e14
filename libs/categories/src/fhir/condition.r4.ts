import { type FhirJson, type FhirSides, type FhirView, said, textOf } from './fhir-view.js';

const CLINICAL = 'http://terminology.hl7.org/CodeSystem/condition-clinical';
const VERIFICATION = 'http://terminology.hl7.org/CodeSystem/condition-ver-status';
const CATEGORY = 'http://terminology.hl7.org/CodeSystem/condition-category';
const NON_CODED = 'http://fhir.openmrs.org/ext/non-coded-condition';

/**
 * A condition (fhir2 4.2 ConditionTranslatorImpl). Where REST would make another one of what is changed, fhir2 changes the row itself and its uuid stays
 * (FhirConditionServiceImpl saves by the session, past ConditionService). Who recorded it must be said again, or it is nobody. What is empty is kept, so that
 * nothing can be emptied; a status beside active and inactive becomes inactive, and which of a concept's names was chosen is lost. Releases before 2.4 know neither end nor note.
 */
export const conditionView: FhirView = {
  resource: 'Condition',
  since: '2.4.0',
  writes: ['coded', 'nonCoded', 'clinicalStatus', 'verificationStatus', 'onsetDate', 'endDate', 'additionalDetail'],
  saysAgain: true,
  isBetter: true,
  put: (sides) => {
    const { wanted, there } = sides;
    const recorder = there?.['recorder'];
    const cannot = cannotSay(sides);
    if (recorder === undefined || cannot.length > 0) return { cannot: recorder === undefined ? [...cannot, 'clinicalStatus'] : cannot };
    const verification = textOf(wanted, 'verificationStatus')?.toLowerCase() ?? null;
    const note = textOf(wanted, 'additionalDetail');
    return {
      resource: said({
        recorder,
        category: [{ coding: [{ system: CATEGORY, code: 'problem-list-item' }] }],
        subject: { reference: `Patient/${sides.localUuid('person', textOf(wanted, 'patient') ?? '')}` },
        clinicalStatus: coded(CLINICAL, textOf(wanted, 'clinicalStatus')?.toLowerCase() ?? ''),
        verificationStatus: verification === null ? null : coded(VERIFICATION, verification),
        code: codeOf(sides),
        extension: textOf(wanted, 'nonCoded') === null ? null : [{ url: NON_CODED, valueString: textOf(wanted, 'nonCoded') }],
        onsetDateTime: textOf(wanted, 'onsetDate'),
        abatementDateTime: textOf(wanted, 'endDate'),
        note: note === null ? null : [{ text: note }],
      }),
    };
  },
};

const codeOf = ({ wanted, localUuid }: FhirSides): FhirJson | null => {
  const concept = textOf(wanted, 'coded');
  return concept === null ? null : { coding: [{ code: localUuid('concept', concept) }] };
};

const coded = (system: string, code: string): FhirJson => ({ coding: [{ system, code }] });

function cannotSay({ held, wanted, writes }: FhirSides): readonly string[] {
  const emptied = ['onsetDate', 'endDate', 'additionalDetail'].filter((name) => writes.fields.has(name) && textOf(wanted, name) === null);
  const clinical = ['ACTIVE', 'INACTIVE'].includes(textOf(wanted, 'clinicalStatus') ?? '') ? [] : ['clinicalStatus'];
  const verification = [null, 'CONFIRMED', 'PROVISIONAL'].includes(textOf(wanted, 'verificationStatus')) ? [] : ['verificationStatus'];
  const named = textOf(wanted, 'specificName') === null ? [] : ['specificName'];
  const unseen = ['patient', 'coded', 'nonCoded', 'specificName'].filter((name) => !held.covers.includes(name));
  return [...emptied, ...clinical, ...verification, ...named, ...unseen];
}
