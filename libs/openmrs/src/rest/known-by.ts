import { CATEGORIES } from '@sync-hub/categories';
import type { RecordRef } from '@sync-hub/contracts';
import type { CallOptions, KnownBy, Lookalike } from '../site-client.js';
import type { RestBody } from './rest-resources.js';
import type { RestSite } from './rest-site.js';

/** Kinds of which a site has thousands, so that one is searched for. */
type Searched = 'location' | 'concept' | 'conceptreferenceterm' | 'drug' | 'provider';

const NAMED = 'uuid,name';
const CODED = 'uuid,code,conceptSource:(name)';
const NAMES = 'uuid,names:(name,conceptNameType,voided)';

/** What of each kind says what it is at every site. Keys: webservices.rest 2.12 to 3.4 LocationResource1_8, ConceptResource1_8, ConceptReferenceTermResource1_9, DrugResource1_8, ProviderResource1_9. */
const TOLD: Readonly<Record<Searched, string>> = {
  location: NAMED,
  drug: NAMED,
  provider: 'uuid,identifier',
  conceptreferenceterm: CODED,
  concept: `${NAMES},mappings:(conceptMapType:(name),conceptReferenceTerm:(${CODED}))`,
};

/** Of a concept that is mapped to many codes only so many are asked for, each by a request. */
const MOST_CODES = 3;

const isSearched = (kind: string): kind is Searched => Object.hasOwn(TOLD, kind);
const textIn = (body: unknown, key: string): string => {
  const value = (body as RestBody | null | undefined)?.[key];
  return typeof value === 'string' ? value.trim() : '';
};
const listIn = (body: RestBody, key: string): readonly RestBody[] => (Array.isArray(body[key]) ? (body[key] as readonly RestBody[]) : []);
const isSame = (a: string, b: string): boolean => a !== '' && a.toLowerCase() === b.toLowerCase();

const NOTHING: KnownBy = { names: [], codes: [], identifier: null };

/** What the record is known by besides its uuid: names, codes of dictionaries that say the same, an identifier. `null` where the site has none of that uuid, or its kind is none that is searched. */
export async function knownBy({ rest, aliases }: RestSite, record: RecordRef, options: CallOptions): Promise<KnownBy | null> {
  const kind = record.aggregate;
  if (!isSearched(kind)) return null;
  const local = await aliases.toLocal(record);
  const body = await rest.get(`${CATEGORIES[kind].resource}/${encodeURIComponent(local)}?v=custom:(${TOLD[kind]})`, { what: kind }, options);
  if (body?.['uuid'] !== local) return null;
  switch (kind) {
    case 'location':
    case 'drug':
      return { ...NOTHING, names: [textIn(body, 'name')] };
    case 'provider':
      return { ...NOTHING, identifier: textIn(body, 'identifier') };
    case 'conceptreferenceterm':
      return { ...NOTHING, codes: codesOf([body]) };
    case 'concept':
      return {
        ...NOTHING,
        names: fullNames(body),
        codes: codesOf(
          listIn(body, 'mappings')
            .filter(saysTheSame)
            .map((map) => map['conceptReferenceTerm']),
        ),
      };
  }
}

/** A narrower or broader code is no name of the concept (openmrs-core 1.9 to 2.8 concept_map_type, as it comes). */
const saysTheSame = (map: RestBody): boolean => isSame(textIn(map['conceptMapType'], 'name'), 'SAME-AS');
const codesOf = (terms: readonly unknown[]): KnownBy['codes'] =>
  terms
    .map((term) => ({ source: textIn((term as RestBody)['conceptSource'], 'name'), code: textIn(term, 'code') }))
    .filter(({ code, source }) => code !== '' && source !== '');
const fullNames = (body: RestBody): readonly string[] => [
  ...new Set(
    listIn(body, 'names')
      .filter((name) => name['conceptNameType'] === 'FULLY_SPECIFIED' && name['voided'] !== true)
      .map((name) => textIn(name, 'name')),
  ),
];

/**
 * The one of that kind here that is known by the same code, identifier or name, whatever the case; `null` where there is none or more than one, and where it
 * is known everywhere under another uuid already. One page of each search is read.
 */
export async function findLookalike(site: RestSite, kind: RecordRef['aggregate'], known: KnownBy, options: CallOptions): Promise<Lookalike | null> {
  if (!isSearched(kind)) return null;
  for (const { by, query, isIt } of searchesFor(kind, known)) {
    const found = (await site.rest.list(`${CATEGORIES[kind].resource}?${query}`, `${kind}s like it`, options)).filter(isIt);
    const [one, ...others] = [...new Set(found.map((body) => textIn(body, 'uuid')))];
    if (others.length > 0) return null;
    if (one !== undefined && one !== '') return (await site.aliases.toCanonical(kind, one)) === one ? { uuid: one, by } : null;
  }
  return null;
}

interface Search {
  readonly by: Lookalike['by'];
  readonly query: string;
  readonly isIt: (body: RestBody) => boolean;
}

/** In the order in which they are believed. */
function searchesFor(kind: Searched, { names, codes, identifier }: KnownBy): readonly Search[] {
  const q = (text: string): string => encodeURIComponent(text);
  switch (kind) {
    case 'location':
    case 'drug':
      return names
        .filter(Boolean)
        .map((name) => ({ by: 'name', query: `q=${q(name)}&v=custom:(${NAMED})`, isIt: (body) => isSame(textIn(body, 'name'), name) }));
    case 'provider': {
      // Core 1.9 looks for names alone (HibernateProviderDAO.getNameSearchExpression), and finds none.
      const wanted = identifier ?? '';
      return wanted === ''
        ? []
        : [{ by: 'identifier', query: `q=${q(wanted)}&v=custom:(uuid,identifier)`, isIt: (body) => isSame(textIn(body, 'identifier'), wanted) }];
    }
    case 'conceptreferenceterm':
      // ConceptReferenceTermSearchHandler1_9: a source that it does not know is taken for none, so that the answer is looked at.
      return codes.map(({ source, code }) => ({
        by: 'code',
        query: `source=${q(source)}&codeOrName=${q(code)}&v=custom:(${CODED})`,
        isIt: (body) => isSame(textIn(body, 'code'), code) && isSame(textIn(body['conceptSource'], 'name'), source),
      }));
    case 'concept':
      return [
        // ConceptSearchHandler1_8: by the name of the source, not by its uuid.
        ...codes
          .slice(0, MOST_CODES)
          .map(({ source, code }): Search => ({ by: 'code', query: `source=${q(source)}&code=${q(code)}&v=custom:(uuid)`, isIt: () => true })),
        ...names.map(
          (name): Search => ({ by: 'name', query: `q=${q(name)}&v=custom:(${NAMES})`, isIt: (body) => fullNames(body).some((other) => isSame(other, name)) }),
        ),
      ];
  }
}
