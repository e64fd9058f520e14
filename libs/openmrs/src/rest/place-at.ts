import { type Category, pathBelow } from '@sync-hub/categories';
import { ContractError, type RecordRef, RefusedError, recordKey, type Uuid } from '@sync-hub/contracts';
import { isAtLeast } from '../capabilities.js';
import { bodyByFhir, isFhirAlone } from '../fhir/fhir-records.js';
import type { CallOptions } from '../site-client.js';
import { bodyByOwnRest, hasOwnRest } from './own-rest.js';
import type { RestBody } from './rest-resources.js';
import type { RestSite, Told } from './rest-site.js';

interface Asked {
  readonly category: Category;
  readonly record: RecordRef;
  readonly local: Uuid;
  /** `v=` */
  readonly how: string;
}

/**
 * The body of a record. What a site has only below a patient is asked for below the one that is known: by an agreement on it, by what was seen here, or by
 * what is to be written; else below the one that fhir2 names. Throws RefusedError `unsupported` where nobody can say whose it is.
 */
export async function bodyAt(site: RestSite, asked: Asked, options: CallOptions): Promise<Told> {
  const { category } = asked;
  if (isFhirAlone(category)) return bodyByFhir(site, { ...asked, category }, options);
  if (hasOwnRest(category)) return bodyByOwnRest(site, { ...asked, category }, options);
  if (category.under === undefined) return bodyBelow(site, asked, '', options);
  if ((category.unsupported?.(await site.capabilities(options)) ?? null) !== null) return 'absent';
  const known = await knownPatient(site, asked);
  const told = known === null ? 'absent' : await bodyBelow(site, asked, known, options);
  if (told !== 'absent') return told;
  const [intended] = options.patients ?? [];
  if (known === null && intended !== undefined) {
    const patient = await site.aliases.toLocal(intended);
    return remembering(site, asked, patient, await bodyBelow(site, asked, patient, options));
  }
  if (known !== null && !(await hasFhir(site, options))) return 'absent';
  // A merge of patients may have moved it to another.
  site.patients.forget(asked.local);
  const patient = await patientByFhir(site, asked, options);
  if (patient === 'absent' || patient === 'gone') return patient;
  return remembering(site, asked, patient, await bodyBelow(site, asked, patient, options));
}

async function bodyBelow({ rest }: RestSite, { category, record, local, how }: Asked, owner: Uuid, options: CallOptions): Promise<Told> {
  const path = `${pathBelow(category, encodeURIComponent(owner))}/${encodeURIComponent(local)}?v=${how}`;
  return (await rest.get(path, { what: category.resource, record: recordKey(record) }, options)) ?? 'absent';
}

function remembering({ patients }: RestSite, { local }: Asked, patient: Uuid, told: Told): Told {
  if (told !== 'absent') patients.remember(local, patient);
  return told;
}

async function knownPatient({ patients, patientOf, aliases }: RestSite, { record, local }: Asked): Promise<Uuid | null> {
  const seen = patients.of(local);
  if (seen !== undefined) return seen;
  const agreed = await patientOf(record);
  return agreed === null ? null : aliases.toLocal({ aggregate: 'person', uuid: agreed });
}

async function hasFhir({ capabilities }: RestSite, options: CallOptions): Promise<boolean> {
  return isAtLeast((await capabilities(options)).fhir2, '1.0.0');
}

/** The patient of an allergy, by fhir2, which finds one by its uuid alone, and says 410 of one that is voided (fhir2 1.0 to 4.2, AllergyIntoleranceFhirResourceProvider.getAllergyIntoleranceById). */
async function patientByFhir(site: RestSite, asked: Asked, options: CallOptions): Promise<Uuid | 'absent' | 'gone'> {
  const { rest, fhir, capabilities } = site;
  const { rest: modulesKnown } = await capabilities(options);
  // Where the list of modules is not to be had, it may be there.
  if (!(await hasFhir(site, options)) && modulesKnown !== null) throw nobodyKnows(site, asked);
  const answer = await fhir.get(`AllergyIntolerance/${encodeURIComponent(asked.local)}`, asked.category.name, options).catch((error: unknown) => {
    throw error instanceof RefusedError && error.code === 'unsupported' ? nobodyKnows(site, asked) : error;
  });
  if (answer.state !== 'there') return answer.state;
  const patient = answer.body['patient'] as RestBody | null | undefined;
  const named = /(?:^|\/)Patient\/([^/]+)$/.exec(String(patient?.['reference'] ?? ''))?.[1];
  if (named === undefined)
    throw new ContractError(`${rest.site}: fhir2 tells of ${recordKey(asked.record)} without a patient`, {
      site: rest.site,
      record: recordKey(asked.record),
      path: 'patient.reference',
    });
  return named;
}

const nobodyKnows = ({ rest }: RestSite, { record, category }: Asked): RefusedError =>
  new RefusedError(
    'unsupported',
    `whose ${category.name} this is only fhir2 can tell, which ${rest.site} has not: install openmrs-module-fhir2 there (it is looked at again then), or let the class ${category.name} not travel from there`,
    { site: rest.site, record: recordKey(record) },
  );
