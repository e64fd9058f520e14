import { byHandBefore2_25 } from './by-hand.js';
import { defineCategory } from './define-category.js';
import { instant, reference, type ScalarKind } from './scalars.js';
import { TYPED_ATTRIBUTES, typedAttributes } from './typed-attributes.js';

const SCALARS: Readonly<Record<string, ScalarKind>> = {
  patient: reference('patient', 'person'),
  visitType: reference('visittype', null),
  location: reference('location', 'location'),
  indication: reference('concept', null),
  startDatetime: instant,
  stopDatetime: instant,
};

/**
 * A stay or a round of care, from its start to its stop. Its encounters are records of their own and never sent with it:
 * what is nested is written onto (webservices.rest 3.4 ConversionUtil.convertMap). The patient cannot be changed
 * (VisitResource1_9.getUpdatableProperties). A void takes attributes and encounters along (openmrs-core 2.x
 * RequiredDataAdvice, VisitVoidHandler), so that a voided one tells nothing.
 */
export const visit = defineCategory({
  name: 'visit',
  title: 'Visit',
  openmrsClass: 'org.openmrs.Visit',
  aggregate: 'visit',
  feeds: ['visit'],
  flows: 'both-ways',
  resource: 'visit',
  owners: [{ owner: 'visit', at: 'body' }],
  deleted: 'voided',
  toldWhenDeleted: false,
  scalars: SCALARS,
  scalarsOn: () => Object.keys(SCALARS),
  hangsOn: { patients: ['patient'], listedBy: 'patient', ties: { to: 'location' } },
  fixed: ['patient'],
  lists: [typedAttributes('visit')],
  // A nightly task stops open visits with the time it is then, at each server its own (openmrs-core 1.9 to 2.8 AutoCloseVisitsTask, VisitServiceImpl.stopVisits).
  merges: [{ rule: 'person-before-task', field: 'stopDatetime' }],
  representation: () => `custom:(uuid,patient:ref,visitType:ref,location:ref,indication:ref,startDatetime,stopDatetime,${TYPED_ATTRIBUTES},voided,auditInfo)`,
  telltale: 'startDatetime',
  cannotRestore: byHandBefore2_25('leave its attributes voided, as if somebody had taken them back'),
  requires: ['patient', 'visitType', 'startDatetime'],
});
