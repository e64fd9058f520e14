import type { CanonicalRecord, Step } from '@sync-hub/categories';
import { RefusedError, recordKey } from '@sync-hub/contracts';
import { itemPath } from '@sync-hub/merge';
import type { CallOptions } from '../site-client.js';
import type { RestResources } from './rest-resources.js';

/**
 * Does one step. A patient who lost the preferred of several identifiers at the clinic has none marked, and no person of his
 * is saved until one is (openmrs-core PatientValidator): then the one we take for preferred is marked, and the step done again.
 * The refusal was a validator's, so that the first try has changed nothing.
 */
export async function writeSettled(rest: RestResources, step: Step, held: CanonicalRecord, options: CallOptions): Promise<string | null> {
  try {
    return await rest.write(step, recordKey(held.record), options);
  } catch (error) {
    const mark = error instanceof RefusedError && isUnsettled(error) ? markOf(step, held) : undefined;
    if (mark === undefined) throw error;
    await rest.write(mark, recordKey(held.record), options);
    return rest.write(step, recordKey(held.record), options);
  }
}

const isUnsettled = ({ details }: RefusedError): boolean => Array.isArray(details['codes']) && details['codes'].includes('error.preferredIdentifier');

/** Marks the identifier that the record is taken to prefer, under the uuid its patient has in the step's own path or at the site. */
function markOf(step: Step, { fields, itemUuids }: CanonicalRecord): Step | undefined {
  const preferred = fields['preferredIdentifier'];
  const row = typeof preferred === 'string' ? itemUuids[itemPath('identifiers', preferred)] : undefined;
  const uuid = step.path.split('?')[0]?.split('/')[1];
  return row === undefined || uuid === undefined ? undefined : { method: 'POST', path: `patient/${uuid}/identifier/${row}`, body: { preferred: true } };
}
