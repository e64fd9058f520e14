import { CODED_OR_FREE_TEXT, inWords, readCodedOrFreeText, setCodedOrFreeText } from './coded-or-free-text.js';
import { type Ref, sameValues } from './database.js';
import { each, one, type Resource, resource, text, words } from './resource.js';
import { notSupported, Validation } from './rest-error.js';
import type { Writer } from './writer.js';

/** `ConditionValidator`. */
export function refuseWrongCondition({ tx }: Writer, target: Ref): void {
  const { coded, nonCoded, specificName, clinicalStatus } = tx.now(target).values;
  const errors = new Validation();
  if ([coded, nonCoded, specificName].every((part) => (part ?? null) === null)) errors.reject('Condition.conditionShouldNotBeNull', 'condition');
  if ((clinicalStatus ?? null) === null) errors.reject('Condition.clinicalStatusShouldNotBeNull', 'clinicalStatus');
  errors.done();
}

/** `ConditionServiceImpl.saveCondition`: what changed is another condition since core 2.5.6, and the one it was is voided, whatever of it changed, its mark included. */
function saveCondition(writer: Writer, target: Ref): void {
  const { site, tx } = writer;
  refuseWrongCondition(writer, target);
  const [before, now] = [tx.original(target), tx.now(target)];
  if (before === null || !site.profile.lists.replacesConditions || sameValues(before, now)) return;
  tx.reset(target);
  const { creator, dateCreated, ...content } = now.values;
  if (before.values['voided'] !== true) tx.set(target, { voided: true, voidedBy: writer.author, dateVoided: site.now(), voidReason: 'Condition replaced' });
  if (content['voided'] !== true) writer.replace(target, tx.insert('condition', site.random.uuid(), null, { ...content, previousVersion: target.uuid }));
}

const condition = resource({
  name: 'condition',
  javaClass: 'org.openmrs.Condition',
  life: 'voided',
  version: '1.8',
  privileges: { get: 'Get Conditions', add: 'Edit Conditions', edit: 'Edit Conditions', remove: 'Edit Conditions', purge: 'Delete Conditions' },
  fields: {
    ...CODED_OR_FREE_TEXT,
    patient: one('patient'),
    encounter: one('encounter'),
    previousVersion: one('condition'),
    clinicalStatus: { is: 'choice', from: ['ACTIVE', 'INACTIVE', 'HISTORY_OF'] },
    verificationStatus: { is: 'choice', from: ['PROVISIONAL', 'CONFIRMED'] },
    ...each('onsetDate endDate', { is: 'instant' }),
    ...text('additionalDetail'),
  },
  standard: 'uuid display condition:ref patient:ref clinicalStatus verificationStatus previousVersion:ref onsetDate endDate voided',
  full: 'uuid display condition patient:ref clinicalStatus verificationStatus previousVersion onsetDate endDate additionalDetail voided auditInfo',
  create: words('condition patient clinicalStatus verificationStatus onsetDate endDate additionalDetail'),
  update: words('condition clinicalStatus verificationStatus onsetDate endDate additionalDetail voided'),
  display: inWords,
  reads: { condition: readCodedOrFreeText },
  sets: { condition: setCodedOrFreeText },
  save: saveCondition,
  unvoids: () => {
    throw notSupported('undelete action not yet supported for this resource');
  },
});

export const conditionsTable: readonly Resource[] = [condition];
