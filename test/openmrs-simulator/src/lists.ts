import type { Row } from './database.js';
import { inOrder, live } from './parts.js';
import { providerName } from './providers.js';
import { type Reading, show } from './representation.js';
import type { Resource, ResourceName, Site } from './resource.js';
import { notSupported, serverError } from './rest-error.js';

const SPECIAL = new Set(['includeAll', 'limit', 'v', 'startIndex', 'jsessionid', 's', 't', 'totalCount']);
const ABSOLUTE_LIMIT = 100;
const DEFAULT_LIMIT = 50;

type Match = (row: Row, value: string, site: Site) => boolean;

const lower = (value: unknown): string => String(value ?? '').toLowerCase();
const hasName: Match = (row, value, site) => {
  const wanted = lower(value).split(/\s+/).filter(Boolean);
  const parts = live(site.database, row, 'personname').flatMap((name) =>
    ['givenName', 'middleName', 'familyName', 'familyName2'].map((key) => lower(name.values[key])),
  );
  return wanted.length > 0 && wanted.every((word) => parts.some((part) => part.startsWith(word)));
};
const hasIdentifier: Match = (row, value, site) =>
  live(site.database, row, 'patientidentifier').some((part) => lower(part.values['identifier']) === lower(value));
const startsWith =
  (key: string): Match =>
  (row, value) =>
    lower(row.values[key]).startsWith(lower(value));
const holds =
  (key: string): Match =>
  (row, value) =>
    row.values[key] === value;
const isOf = holds('patient');
const contains =
  (key: string): Match =>
  (row, value) =>
    lower(row.values[key]).includes(lower(value));
/** A source is found by its uuid or its name; one that is not known is taken for none (`ConceptReferenceTermSearchHandler1_9`). */
const isOfSource: Match = (row, value, site) => {
  const source = site.database.find('conceptsource', value) ?? site.database.all('conceptsource').find(({ values }) => values['name'] === value);
  return source === undefined || row.values['conceptSource'] === source.uuid;
};
const hasCode: Match = (row, value) => ['code', 'name'].some((key) => lower(row.values[key]) === lower(value));
/** Those that are mapped to a term that fits: of the source of that name (`ConceptSearchHandler1_8` hands on the name), or of that code. */
const isMappedTo =
  (fits: Match): Match =>
  (row, value, site) =>
    site.database.ownedBy(row.uuid, 'conceptmap').some((map) => {
      const term = site.database.find('conceptreferenceterm', String(map.values['conceptReferenceTerm']));
      return term !== undefined && fits(term, value, site);
    });
const hasSourceName: Match = (term, value, site) => site.database.find('conceptsource', String(term.values['conceptSource']))?.values['name'] === value;
const hasConceptName: Match = (row, value, site) =>
  site.database.ownedBy(row.uuid, 'conceptname').some((name) => name.values['voided'] !== true && lower(name.values['name']).includes(lower(value)));
const isProvider: Match = (row, value, site) =>
  (site.profile.typesSince1_11 && lower(row.values['identifier']).includes(lower(value))) || lower(providerName(row, site)).includes(lower(value));

/** Query parameters by which each resource can be searched. */
const SEARCHES: Partial<Record<ResourceName, Readonly<Record<string, Match>>>> = {
  patient: { q: (row, value, site) => value.trim().length >= 2 && (hasName(row, value, site) || hasIdentifier(row, value, site)), identifier: hasIdentifier },
  person: { q: (row, value, site) => value.trim().length >= 2 && hasName(row, value, site) },
  location: { q: startsWith('name'), tag: (row, value, site) => taggedWith(row, value, site) },
  drug: { q: contains('name') },
  provider: { q: isProvider },
  conceptreferenceterm: { source: isOfSource, codeOrName: hasCode },
  concept: { q: hasConceptName, source: isMappedTo(hasSourceName), code: isMappedTo(hasCode) },
  systemsetting: { q: startsWith('property') },
  encounter: { patient: isOf },
  visit: {
    patient: isOf,
    location: holds('location'),
    visitType: holds('visitType'),
    includeInactive: (row, value) => value === 'true' || !row.values['stopDatetime'],
  },
  obs: { patient: holds('person'), encounter: holds('encounter') },
  programenrollment: { patient: isOf },
  medicationdispense: { patient: isOf, encounter: holds('encounter') },
  patientdiagnoses: {
    patientUuid: (row, value, site) => site.profile.lists.listsConditions && isOf(row, value, site),
    fromDate: (row, value) => Number(row.values['dateCreated']) >= Date.parse(value),
  },
  condition: {
    patientUuid: (row, value, site) => site.profile.lists.listsConditions && isOf(row, value, site),
    includeInactive: (row, value) => value === 'true' || row.values['clinicalStatus'] === 'ACTIVE',
  },
  relationship: { person: (row, value) => row.values['personA'] === value || row.values['personB'] === value },
};

/** What a search that does not say so is asked for. */
const UNSAID: Partial<Record<ResourceName, Readonly<Record<string, string>>>> = {
  condition: { includeInactive: 'false' },
  patientdiagnoses: { fromDate: '' },
};

function taggedWith(row: Row, value: string, site: Site): boolean {
  const tags = row.values['tags'];
  return Array.isArray(tags) && tags.some((uuid: string) => uuid === value || site.database.find('locationtag', uuid)?.values['name'] === value);
}

interface Page {
  readonly rows: readonly Row[];
  readonly from: number;
  readonly limit: number;
}

function pageOf(rows: readonly Row[], query: URLSearchParams): Page {
  const number = (key: string, otherwise: number): number => (/^-?\d+$/.test(query.get(key) ?? '') ? Number(query.get(key)) : otherwise);
  const limit = number('limit', DEFAULT_LIMIT);
  if (limit <= 0)
    throw serverError('If you specify a number of results to return, it must be >0 and not null', 'org.openmrs.module.webservices.rest.web.RequestContext:139');
  if (limit > ABSOLUTE_LIMIT)
    throw serverError(`Administrator has set absolute limit at ${ABSOLUTE_LIMIT}`, 'org.openmrs.module.webservices.rest.web.RequestContext:141');
  const from = Math.max(0, number('startIndex', 0));
  return { rows: rows.slice(from, from + limit), from, limit };
}

function listed(reading: Reading, line: Resource, rows: readonly Row[], query: URLSearchParams, how: string, path: string): Record<string, unknown> {
  const page = pageOf(rows, query);
  const json: Record<string, unknown> = { results: page.rows.map((row) => show(line, row, how, reading)) };
  const at = (rel: string, startIndex: number): Record<string, string> => {
    const next = new URLSearchParams(query);
    next.set('startIndex', String(startIndex));
    return { rel, uri: `${reading.base}/${path}?${next.toString()}` };
  };
  const links = [
    ...(rows.length > page.from + page.limit ? [at('next', page.from + page.limit)] : []),
    ...(page.from > 0 ? [at('prev', Math.max(0, page.from - page.limit))] : []),
  ];
  if (links.length > 0) json['links'] = links;
  if (query.get('totalCount') === 'true') json['totalCount'] = rows.length;
  return json;
}

/** GET of a collection: a search if any parameter asks for one, else the whole list where the resource has one. */
export function listOf(reading: Reading, line: Resource, query: URLSearchParams, how: string): Record<string, unknown> {
  const { site } = reading;
  const asked = [...query.keys()].filter((key) => !SPECIAL.has(key));
  if (asked.length === 0 && !line.listable) throw notSupported();
  const said = { ...(asked.length === 0 ? {} : UNSAID[line.name]), ...Object.fromEntries(asked.map((key) => [key, query.get(key) ?? ''])) };
  const searches = SEARCHES[line.name] ?? { q: startsWith('name') };
  const includeAll = query.get('includeAll') === 'true';
  const rows = site.database.all(line.kind).filter((row) => {
    if (line.finds && !line.finds(row, site)) return false;
    if (!includeAll && (row.values['voided'] === true || row.values['retired'] === true)) return false;
    return Object.entries(said).every(([key, value]) => (Object.hasOwn(searches, key) && searches[key]?.(row, value, site)) ?? false);
  });
  return listed(reading, line, rows, query, how, line.name);
}

/**
 * GET of a sub-resource's collection. Of names and memberships the voided ones are listed too (`PersonNameResource1_8.doGetAll`, `CohortMembershipResource2_1.doGetAll`). `null` where nobody has said whether a patient
 * has any allergy (204, `PatientAllergyResource2_0.doGetAll`); that one has none is not simulated.
 */
export function partsOf(reading: Reading, line: Resource, owner: Row | null, query: URLSearchParams, how: string): Record<string, unknown> | null {
  const { database } = reading.site;
  if ([...query.keys()].some((key) => !SPECIAL.has(key))) throw notSupported(`${line.name} is not searchable`);
  if (!owner && line.name !== 'personname') throw serverError('null', 'java.lang.NullPointerException:0');
  if (line.under?.by !== undefined) {
    const own = database.holding(line.kind, line.under.by, owner?.uuid ?? '').filter(({ values }) => values['voided'] !== true);
    return own.length === 0 ? null : listed(reading, line, own, query, how, `${line.under.parent}/${owner?.uuid ?? ''}/${line.under.path}`);
  }
  const all = line.name === 'personname' || line.name === 'cohortmembership' || (line.name === 'patientidentifier' && query.get('includeAll') === 'true');
  const rows = owner ? (all ? inOrder(database, owner, line.kind) : live(database, owner, line.kind)) : [];
  return listed(reading, line, rows, query, how, `${line.under?.parent ?? ''}/${owner?.uuid ?? ''}/${line.under?.path ?? ''}`);
}
