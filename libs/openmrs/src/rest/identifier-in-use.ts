import type { CanonicalRecord, Step } from '@sync-hub/categories';
import { RefusedError, recordKey } from '@sync-hub/contracts';
import type { CallOptions } from '../site-client.js';
import type { RestSite } from './read-record.js';
import type { RestBody } from './rest-resources.js';

/**
 * Asks the server whether an identifier of a refused step belongs to another patient, and throws RefusedError
 * `identifier-in-use` with that patient's uuid if so. Two clinics, one number, two people is the commonest refusal there is.
 */
export async function refuseIdentifierInUse({ rest, aliases }: RestSite, step: Step, { record }: CanonicalRecord, options: CallOptions): Promise<void> {
  const local = await aliases.toLocal(record);
  for (const { identifier, type } of identifiersIn(step)) {
    const query = `identifier=${encodeURIComponent(identifier)}&v=custom:(uuid,identifiers:(identifier,identifierType:(uuid)))`;
    const holders = await rest.list(`patient?${query}`, 'patients of an identifier', options);
    const holder = holders.find((patient) => patient['uuid'] !== local && holds(patient, identifier, type));
    if (holder === undefined) continue;
    const uuid = await aliases.toCanonical('person', String(holder['uuid']));
    throw new RefusedError('identifier-in-use', `${rest.site} gives an identifier of ${recordKey(record)} to another patient`, {
      site: rest.site,
      record: recordKey(record),
      holder: `person/${uuid}`,
      identifierType: type,
    });
  }
}

interface Sought {
  readonly identifier: string;
  readonly type: string;
}

function identifiersIn({ path, body = {} }: Step): readonly Sought[] {
  const items = path.split('/')[2] === 'identifier' ? [body] : (body['identifiers'] ?? []);
  return (items as readonly RestBody[]).flatMap(({ identifier, identifierType }) =>
    typeof identifier === 'string' ? [{ identifier, type: typeof identifierType === 'string' ? identifierType : '' }] : [],
  );
}

const holds = (patient: RestBody, identifier: string, type: string): boolean =>
  ((patient['identifiers'] ?? []) as readonly RestBody[]).some(
    (one) => one['identifier'] === identifier && (type === '' || (one['identifierType'] as RestBody | undefined)?.['uuid'] === type),
  );
