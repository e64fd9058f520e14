import { ContractError } from '@sync-hub/contracts';
import type { CallOptions } from '../site-client.js';
import type { FhirBody, FhirResources } from './fhir-resources.js';

export const objectIn = (value: unknown): FhirBody => (value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as FhirBody) : {});

/** Where the next page is, from the root of fhir2: the host in a link may be one that only the server's proxy knows. */
export function nextIn(bundle: FhirBody): string | null {
  const links = Array.isArray(bundle['link']) ? bundle['link'].map(objectIn) : [];
  const url = links.find((link) => link['relation'] === 'next')?.['url'];
  return typeof url === 'string' && url.includes('?') ? url.slice(url.indexOf('?')) : null;
}

/** Every resource that a search tells, page by page, each once: pages are cut by offset while rows change. */
export async function searchAll(fhir: FhirResources, path: string, what: string, options: CallOptions): Promise<readonly FhirBody[]> {
  const found = new Map<unknown, FhirBody>();
  for (let page: string | null = path; page !== null; ) {
    const answer = await fhir.get(page, what, options);
    if (answer.state !== 'there' || answer.body['resourceType'] !== 'Bundle')
      throw new ContractError(`${fhir.site}: ${what} are told as something else than a bundle`, { site: fhir.site });
    const entries = Array.isArray(answer.body['entry']) ? answer.body['entry'].map(objectIn) : [];
    const matches = entries.filter((entry) => (objectIn(entry['search'])['mode'] ?? 'match') === 'match').map((entry) => objectIn(entry['resource']));
    for (const resource of matches) found.set(resource['id'], resource);
    page = entries.length === 0 ? null : nextIn(answer.body);
  }
  return [...found.values()];
}
