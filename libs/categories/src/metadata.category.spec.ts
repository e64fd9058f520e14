import { describe, expect, it } from '@jest/globals';
import { type Aggregate, METADATA, type Metadata } from '@sync-hub/contracts';
import { CATEGORIES, categoriesOf, takesReferences } from './all-categories.js';
import { asCarried, kindBehind, metadataNamed } from './metadata-references.js';
import { MODERN_PLATFORM, type Platform } from './platform.js';
import type { Writes } from './step.js';

const ref = (uuid: string) => ({ uuid, display: uuid, links: [] });
const OLD: Platform = { ...MODERN_PLATFORM, takesUuids: false, hasUniquenessBehavior: false, hasCheckDigit: true };
const AUDIT = { creator: { uuid: 'admin' }, dateCreated: '2020-05-01T10:00:00.000+0000' };

/** A type of what can be said of something, as webservices.rest tells it and in normal form. */
const ATTRIBUTE_TYPE = {
  ...{ name: 'Insurance number', description: 'Of the payer', minOccurs: 0, maxOccurs: 1, handlerConfig: null },
  ...{ datatypeClassname: 'org.openmrs.customdatatype.datatype.RegexValidatedTextDatatype', datatypeConfig: '[0-9]+', preferredHandlerClassname: null },
};

/** As webservices.rest tells it, with keys that do not travel. */
const BODIES: Readonly<Record<Metadata, Readonly<Record<string, unknown>>>> = {
  visittype: { name: 'Facility Visit ', description: '' },
  encountertype: { name: 'Vitals', description: 'Vital signs' },
  encounterrole: { name: 'Clinician', description: null },
  locationtag: { name: 'Login Location', description: 'When a user logs in' },
  relationshiptype: { aIsToB: 'Doctor', bIsToA: 'Patient', displayAIsToB: 'Docteur', displayBIsToA: 'Patient', weight: 0, description: 'Of care' },
  patientidentifiertype: {
    ...{ name: 'OpenMRS ID', description: 'Given by the clinic', format: '', formatDescription: null, required: true, checkDigit: true },
    ...{ validator: 'org.openmrs.patient.impl.LuhnIdentifierValidator', locationBehavior: 'REQUIRED', uniquenessBehavior: 'UNIQUE' },
  },
  personattributetype: {
    ...{ name: 'Civil Status', description: 'Marital status', format: 'org.openmrs.Concept', foreignKey: 1054, concept: { uuid: 'civil' } },
    ...{ sortWeight: 1.5, searchable: false, editPrivilege: { uuid: 'p', display: 'Edit Persons' } },
  },
  visitattributetype: ATTRIBUTE_TYPE,
  locationattributetype: ATTRIBUTE_TYPE,
  providerattributetype: ATTRIBUTE_TYPE,
  programattributetype: { ...ATTRIBUTE_TYPE, concept: null },
  conceptclass: { name: 'Test', description: 'Acquired during patient encounter' },
  conceptsource: { name: 'CIEL', description: 'Columbia International eHealth Laboratory', hl7Code: '', uniqueId: '1.3.6' },
  conceptdatatype: { name: 'Numeric', description: 'Numeric value', hl7Abbreviation: 'NM' },
  caresetting: { name: 'Outpatient', description: 'Out-patient care setting', careSettingType: 'OUTPATIENT' },
  ordertype: {
    ...{ name: 'Test order', description: '', javaClassName: 'org.openmrs.TestOrder' },
    ...{ parent: ref('order'), conceptClasses: [ref('test'), ref('panel')] },
  },
  orderfrequency: { name: 'Twice daily', frequencyPerDay: 2, concept: ref('twice') },
  program: { name: 'TB', description: null, concept: ref('tb'), outcomesConcept: ref('outcomes'), allWorkflows: [{ uuid: 'w' }] },
  privilege: { name: 'Get Patients', description: 'Able to get patient objects' },
  role: { name: 'Clerk', description: '', privileges: [ref('get'), ref('add')], inheritedRoles: [ref('guest')], allInheritedRoles: [ref('guest')] },
  concept: {
    ...{ datatype: ref('numeric'), conceptClass: ref('test'), set: false, version: '', hiNormal: 36.5, lowNormal: null, units: 'kg', allowDecimal: true },
    ...{ hiAbsolute: 250, lowAbsolute: 0, hiCritical: null, lowCritical: null, displayPrecision: 1, name: { uuid: 'n' }, attributes: [] },
    answers: [
      { uuid: 'yes', links: [{ uri: 'http://h/openmrs/ws/rest/v1/concept/yes' }] },
      { uuid: 'aspirin', links: [{ uri: 'http://h/openmrs/ws/rest/v1/drug/aspirin' }] },
      { uuid: 'no' },
    ],
    setMembers: [],
    names: [
      { uuid: 'n2', name: 'Wt', locale: 'en', localePreferred: false, conceptNameType: 'SHORT' },
      { uuid: 'n1', name: 'Weight ', locale: 'en', localePreferred: true, conceptNameType: 'FULLY_SPECIFIED' },
      { uuid: 'n3', name: 'Poids', locale: 'fr', localePreferred: true, conceptNameType: null },
      { uuid: 'n4', name: 'Mass', locale: 'en', localePreferred: false, conceptNameType: null, voided: true },
    ],
    descriptions: [{ uuid: 'd1', description: 'How heavy', locale: 'en' }],
    mappings: [{ uuid: 'm1', conceptReferenceTerm: ref('5089'), conceptMapType: ref('same-as') }],
  },
  conceptreferenceterm: { code: '116128 ', conceptSource: ref('ciel'), name: 'Malaria', description: '', version: null },
  drug: {
    ...{ name: 'Co-trimoxazole', concept: ref('cotrim'), dosageForm: ref('tablet'), combination: true, strength: '480mg', description: null },
    ...{ minimumDailyDose: null, maximumDailyDose: 2.5 },
    ingredients: [{ uuid: 'i', ingredient: ref('sulfa'), strength: 400, units: ref('mg') }],
    drugReferenceMaps: [{ uuid: 'd', conceptReferenceTerm: ref('term'), conceptMapType: ref('same-as') }],
  },
  form: {
    ...{ name: 'Vitals', description: '', version: '1.0', build: 3, published: true, encounterType: ref('vitals') },
    formFields: [{ uuid: 'f1' }],
    resources: [{ uuid: 'r1', name: 'JSON schema', valueReference: 'clob' }],
  },
  provider: {
    ...{ person: ref('grace'), identifier: ' DOC-1', providerRole: ref('clinician') },
    attributes: [
      { uuid: 'a', attributeType: { uuid: 'licence', maxOccurs: 1 }, value: '17', voided: false },
      { uuid: 'b', attributeType: { uuid: 'ward', maxOccurs: null }, value: 'A', voided: false },
      { uuid: 'c', attributeType: { uuid: 'ward', maxOccurs: null }, value: 'B', voided: true },
    ],
  },
};

const WEIGHT = '{"locale":"en","type":"FULLY_SPECIFIED","name":"Weight"}';
const WT = '{"locale":"en","type":"SHORT","name":"Wt"}';
const POIDS = '{"locale":"fr","name":"Poids"}';

const WANTED: Readonly<Record<Metadata, Readonly<Record<string, unknown>>>> = {
  visittype: { name: 'Facility Visit', description: null },
  encountertype: { name: 'Vitals', description: 'Vital signs' },
  encounterrole: { name: 'Clinician', description: null },
  locationtag: { name: 'Login Location', description: 'When a user logs in' },
  relationshiptype: { aIsToB: 'Doctor', bIsToA: 'Patient', weight: 0, description: 'Of care' },
  patientidentifiertype: {
    ...{ name: 'OpenMRS ID', description: 'Given by the clinic', format: null, formatDescription: null, required: true },
    ...{ validator: 'org.openmrs.patient.impl.LuhnIdentifierValidator', locationBehavior: 'REQUIRED', uniquenessBehavior: 'UNIQUE' },
  },
  personattributetype: { name: 'Civil Status', description: 'Marital status', format: 'org.openmrs.Concept', sortWeight: 1.5, searchable: false },
  visitattributetype: ATTRIBUTE_TYPE,
  locationattributetype: ATTRIBUTE_TYPE,
  providerattributetype: ATTRIBUTE_TYPE,
  programattributetype: ATTRIBUTE_TYPE,
  conceptclass: { name: 'Test', description: 'Acquired during patient encounter' },
  conceptsource: { name: 'CIEL', description: 'Columbia International eHealth Laboratory', hl7Code: null, uniqueId: '1.3.6' },
  conceptdatatype: { name: 'Numeric', description: 'Numeric value', hl7Abbreviation: 'NM' },
  caresetting: { name: 'Outpatient', description: 'Out-patient care setting', careSettingType: 'OUTPATIENT' },
  ordertype: {
    ...{ name: 'Test order', description: null, javaClassName: 'org.openmrs.TestOrder' },
    ...{ parent: 'order', 'conceptClasses[panel]': true, 'conceptClasses[test]': true },
  },
  orderfrequency: { frequencyPerDay: 2, concept: 'twice' },
  program: { name: 'TB', description: null, concept: 'tb', outcomesConcept: 'outcomes' },
  privilege: { name: 'Get Patients', description: 'Able to get patient objects' },
  role: { name: 'Clerk', description: null, 'privileges[add]': true, 'privileges[get]': true, 'inheritedRoles[guest]': true },
  concept: {
    ...{ datatype: 'numeric', conceptClass: 'test', set: false, version: null, hiNormal: 36.5, lowNormal: null, units: 'kg', allowDecimal: true },
    ...{ hiAbsolute: 250, lowAbsolute: 0, hiCritical: null, lowCritical: null, displayPrecision: 1, setMembers: null },
    answers: '["concept/yes","drug/aspirin","concept/no"]',
    [`names[${WEIGHT}]`]: true,
    [`names[${WT}]`]: false,
    [`names[${POIDS}]`]: true,
    'descriptions[{"locale":"en","description":"How heavy"}]': true,
    'mappings[5089]': 'same-as',
  },
  conceptreferenceterm: { code: '116128', conceptSource: 'ciel', name: 'Malaria', description: null, version: null },
  drug: {
    ...{ name: 'Co-trimoxazole', concept: 'cotrim', dosageForm: 'tablet', combination: true, strength: '480mg' },
    ...{ minimumDailyDose: null, maximumDailyDose: 2.5, 'drugReferenceMaps[term]': 'same-as' },
    ...{ 'ingredients[sulfa]': true, 'ingredients[sulfa].strength': 400, 'ingredients[sulfa].units': 'mg' },
  },
  form: {
    ...{ name: 'Vitals', description: null, version: '1.0', build: 3, published: true, encounterType: 'vitals' },
    ...{ 'formFields[f1]': true, 'resources[JSON schema]': true },
  },
  provider: { person: 'grace', identifier: 'DOC-1', providerRole: 'clinician', 'attributes[licence]': '17', 'attributes[ward|A]': true },
};

/** What it refers to: path, REST resource and uuid, and the kind of record where that is no metadata. */
const REFERS_TO: Readonly<Partial<Record<Metadata, readonly (readonly [string, string, string, Aggregate?])[]>>> = {
  ordertype: [
    ['parent', 'ordertype', 'order'],
    ['conceptClasses[panel]', 'conceptclass', 'panel'],
    ['conceptClasses[test]', 'conceptclass', 'test'],
  ],
  orderfrequency: [['concept', 'concept', 'twice']],
  program: [
    ['concept', 'concept', 'tb'],
    ['outcomesConcept', 'concept', 'outcomes'],
  ],
  role: [
    ['privileges[add]', 'privilege', 'add'],
    ['privileges[get]', 'privilege', 'get'],
    ['inheritedRoles[guest]', 'role', 'guest'],
  ],
  concept: [
    ['datatype', 'conceptdatatype', 'numeric'],
    ['conceptClass', 'conceptclass', 'test'],
    ['answers', 'concept', 'yes'],
    ['answers', 'drug', 'aspirin'],
    ['answers', 'concept', 'no'],
    ['mappings[5089]', 'conceptreferenceterm', '5089'],
    ['mappings[5089]', 'conceptmaptype', 'same-as'],
  ],
  conceptreferenceterm: [['conceptSource', 'conceptsource', 'ciel']],
  drug: [
    ['concept', 'concept', 'cotrim'],
    ['dosageForm', 'concept', 'tablet'],
  ],
  form: [['encounterType', 'encountertype', 'vitals']],
  provider: [
    ['person', 'person', 'grace', 'person'],
    ['providerRole', 'providerrole', 'clinician'],
    ['attributes[licence]', 'providerattributetype', 'licence'],
    ['attributes[ward|A]', 'providerattributetype', 'ward'],
  ],
};
/** The uuids that the parts of it have at their site. */
const PARTS: Readonly<Partial<Record<Metadata, Readonly<Record<string, string>>>>> = {
  form: { 'resources[JSON schema]': 'r1' },
  provider: { 'attributes[licence]': 'a', 'attributes[ward|A]': 'b' },
  drug: { 'ingredients[sulfa]': 'i', 'drugReferenceMaps[term]': 'd' },
  concept: {
    ...{ [`names[${WEIGHT}]`]: 'n1', [`names[${WT}]`]: 'n2', [`names[${POIDS}]`]: 'n3', 'mappings[5089]': 'm1' },
    'descriptions[{"locale":"en","description":"How heavy"}]': 'd1',
  },
};
const coverOf = (path: string): string => path.replace(/\[.*$/, '');
/** What a create says of lists, where it says anything. */
const LISTS: Readonly<Partial<Record<Metadata, object>>> = {
  ordertype: { conceptClasses: ['panel', 'test'] },
  role: { privileges: ['add', 'get'], inheritedRoles: ['guest'] },
  concept: {
    answers: ['yes', 'aspirin', 'no'],
    names: [
      { uuid: 'n1', name: 'Weight', locale: 'en', localePreferred: true, conceptNameType: 'FULLY_SPECIFIED' },
      { uuid: 'n2', name: 'Wt', locale: 'en', localePreferred: false, conceptNameType: 'SHORT' },
      { uuid: 'n3', name: 'Poids', locale: 'fr', localePreferred: true, conceptNameType: null },
    ],
    descriptions: [{ uuid: 'd1', description: 'How heavy', locale: 'en' }],
    mappings: [{ uuid: 'm1', conceptReferenceTerm: '5089', conceptMapType: 'same-as' }],
  },
  provider: {
    attributes: [
      { uuid: 'a', attributeType: 'licence', value: '17' },
      { uuid: 'b', attributeType: 'ward', value: 'A' },
    ],
  },
};

const decoded = (kind: Metadata, change: object = {}, platform = MODERN_PLATFORM) => {
  const body = {
    uuid: 'm-1',
    ...BODIES[kind],
    retired: false,
    auditInfo: AUDIT,
    links: [{ rel: 'self', uri: `http://h/openmrs/ws/rest/v1/${kind}/m-1` }],
    ...change,
  };
  return CATEGORIES[kind].decode(body, { record: { aggregate: kind, uuid: 'm-1' }, client: 'rest', platform });
};

describe.each(METADATA)('a decoded %s', (kind) => {
  it('is in normal form, without what belongs to its server alone: golden', () => {
    const { fields, covers, presence, references, itemUuids } = decoded(kind);
    const wanted = (REFERS_TO[kind] ?? []).map(([path, resource, uuid, aggregate = null]) => ({ path, resource, uuid, aggregate }));
    expect({ fields, presence, references, itemUuids }).toEqual({
      fields: WANTED[kind],
      presence: 'present',
      references: wanted,
      itemUuids: PARTS[kind] ?? {},
    });
    expect(covers).toEqual([...new Set(Object.keys(WANTED[kind]).map(coverOf))].sort());
  });

  it('tells all its fields when it is retired, and is referred to all the same', () => {
    expect(decoded(kind, { retired: true })).toMatchObject({ presence: 'voided', fields: WANTED[kind], covers: decoded(kind).covers });
    expect([takesReferences(kind, 'voided'), takesReferences(kind, 'absent')]).toEqual([true, false]);
  });

  it('is of its own kind alone, and asked for by what it tells', () => {
    const other = METADATA.find((one) => one !== kind);
    expect(() => decoded(kind, { links: [{ rel: 'self', uri: `http://h/openmrs/ws/rest/v1/${other}/m-1` }] })).toThrow(`allowed is a link to a ${kind}`);
    const [first] = categoriesOf(kind);
    expect([first.name, first.flows, first.resource, first.feeds]).toEqual([kind, 'parent-to-child', kind, [kind]]);
    const asked = [...first.scalarsOn(MODERN_PLATFORM), ...first.lists.map(({ name }) => name)];
    expect(asked.sort()).toEqual([...new Set(Object.keys(WANTED[kind]).map(coverOf))].sort());
    const keys = first
      .representation(MODERN_PLATFORM)
      .replace(/^custom:\((.*)\)$/, '$1')
      .replace(/:\((?:[^()]|\([^()]*\))*\)/g, '')
      .split(',');
    expect(keys.map((key) => key.replace(':ref', '')).sort()).toEqual(['auditInfo', 'retired', 'uuid', ...asked].sort());
    const parts = first.lists.flatMap(({ name, asked }) => (asked === undefined ? [] : [name]));
    const pointing = [...(REFERS_TO[kind] ?? []), ...(kind === 'concept' ? [['setMembers']] : [])].flatMap(([path]) =>
      parts.includes(coverOf(String(path))) ? [] : [`${coverOf(String(path))}:ref`],
    );
    expect(keys.filter((key) => key.endsWith(':ref')).sort()).toEqual([...new Set(pointing)].sort());
  });

  it('is created by one request, and changed by one that names only what is new', () => {
    const spec = CATEGORIES[kind];
    if (spec.unsupported?.(MODERN_PLATFORM) != null) return;
    const { fields } = decoded(kind);
    const said = Object.fromEntries(Object.entries(fields).filter(([path, value]) => value !== null && !path.includes('[')));
    const empty = Object.fromEntries((spec.saidEmpty ?? []).filter((name) => fields[name] === null).map((name) => [name, '']));
    expect(spec.encodeCreate(decoded(kind), { platform: MODERN_PLATFORM })).toEqual({
      method: 'POST',
      path: kind,
      body: { uuid: 'm-1', ...said, ...empty, ...LISTS[kind] },
      creates: 'record',
    });
    const changed = 'description' in spec.scalars ? 'description' : spec.fixed?.includes(spec.telltale) === true ? 'version' : spec.telltale;
    const writes: Writes = { fields: new Map([[changed, 'Said anew']]) };
    expect(spec.planSteps(decoded(kind), decoded(kind), writes, { platform: MODERN_PLATFORM })).toEqual([
      { method: 'POST', path: `${kind}/m-1`, body: { [changed]: 'Said anew' } },
    ]);
    for (const name of spec.fixed ?? [])
      expect(() => spec.planSteps(decoded(kind), decoded(kind), { fields: new Map([[name, 'x']]) }, { platform: MODERN_PLATFORM })).toThrow(
        'cannot be changed',
      );
  });
});

describe('metadata', () => {
  it('has of an identifier type what its platform has', () => {
    const old = decoded('patientidentifiertype', {}, OLD);
    expect([old.covers.includes('checkDigit'), old.covers.includes('uniquenessBehavior')]).toEqual([true, false]);
    expect(CATEGORIES.patientidentifiertype.encodeCreate(old, { platform: OLD }).body).toMatchObject({ checkDigit: true });
    expect(CATEGORIES.patientidentifiertype.encodeCreate(old, { platform: MODERN_PLATFORM }).body).not.toHaveProperty('checkDigit');
  });

  it('leaves a number of the database that names a concept where it is, and nothing else of an attribute type', () => {
    const coded = { datatypeClassname: 'org.bahmni.module.bahmnicore.customdatatype.datatype.CodedConceptDatatype', datatypeConfig: '1054' };
    const local = decoded('programattributetype', coded);
    expect([local.covers.includes('datatypeConfig'), local.fields['datatypeClassname']]).toEqual([false, coded.datatypeClassname]);
    expect(CATEGORIES.programattributetype.encodeCreate(local, { platform: MODERN_PLATFORM }).body).not.toHaveProperty('datatypeConfig');
    const known = decoded('programattributetype', { ...coded, datatypeConfig: 'civil-status-uuid' });
    expect(known.fields).toMatchObject({ datatypeConfig: 'civil-status-uuid' });
    expect(decoded('visitattributetype', { datatypeConfig: '1054' }).fields).toMatchObject({ datatypeConfig: '1054' });
  });

  it('is told of an old platform as far as that has it, and names a number that is not known', () => {
    const old: Platform = { ...MODERN_PLATFORM, hasOrderEntry: false, hasProgramOutcomes: false };
    expect(decoded('ordertype', {}, old).covers).toEqual(['conceptClasses', 'description', 'name']);
    expect(CATEGORIES.ordertype.representation(old)).toBe('custom:(uuid,name,description,retired,auditInfo)');
    expect(CATEGORIES.ordertype.encodeCreate(decoded('ordertype'), { platform: old }).body).toEqual({ uuid: 'm-1', name: 'Test order' });
    expect(() => CATEGORIES.ordertype.encodeCreate(decoded('ordertype', { javaClassName: null }), { platform: MODERN_PLATFORM })).toThrow('javaClassName');
    expect(CATEGORIES.program.encodeCreate(decoded('program'), { platform: old }).body).not.toHaveProperty('outcomesConcept');
    const unknown = decoded('orderfrequency', { frequencyPerDay: null });
    expect(CATEGORIES.orderfrequency.encodeCreate(unknown, { platform: MODERN_PLATFORM }).body).toMatchObject({ frequencyPerDay: null, concept: 'twice' });
  });

  it.each<[Metadata, object, readonly string[]]>([
    ['visittype', { name: '' }, ['name']],
    ['relationshiptype', { bIsToA: null, description: '' }, ['bIsToA', 'description']],
  ])('of kind %s is not created without what every server asks for', (kind, change, fields) => {
    const refusal = expect.objectContaining({ code: 'incomplete', details: { fields } });
    expect(() => CATEGORIES[kind].encodeCreate(decoded(kind, change), { platform: MODERN_PLATFORM })).toThrow(refusal);
  });

  it('is referred to as something to wait for on a route that carries it, and on no other', () => {
    const reference = { path: 'visitType', resource: 'visittype', uuid: 'facility', aggregate: null };
    expect(asCarried(reference, new Set(['visittype']))).toEqual({ ...reference, aggregate: 'visittype' });
    expect(asCarried(reference, new Set(['encountertype']))).toEqual(reference);
    const state = { path: 'states', resource: 'programworkflowstate', uuid: 's', aggregate: null };
    expect(asCarried(state, new Set(METADATA))).toEqual(state);
    expect([kindBehind(reference), kindBehind(state), kindBehind({ resource: 'patient', aggregate: 'person' })]).toEqual(['visittype', null, 'person']);
    expect([metadataNamed('locationtag'), metadataNamed('location')]).toEqual(['locationtag', null]);
  });

  it('is called what its site calls it wherever something points at it, in lists and single values', () => {
    const local = new Map([
      ['visittype/facility', 'facility-here'],
      ['visitattributetype/insurance', 'insurance-here'],
      ['visitattributetype/ward', 'ward-here'],
      ['locationtag/login', 'login-here'],
      ['provider/grace', 'grace-here'],
      ['drug/cotrim', 'cotrim-here'],
      ['concept/given', 'given-here'],
      ['concept/malaria', 'malaria-here'],
    ]);
    const localUuid = (aggregate: string, uuid: string): string => local.get(`${aggregate}/${uuid}`) ?? uuid;
    const known = (aggregate: string, uuid: string): string =>
      [...local].find(([key, own]) => own === uuid && key.startsWith(`${aggregate}/`))?.[0].split('/')[1] ?? uuid;
    const place = CATEGORIES.location.decode(
      { uuid: 'p', name: 'Ward', tags: [{ uuid: 'login-here' }] },
      { record: { aggregate: 'location', uuid: 'p' }, client: 'rest', platform: MODERN_PLATFORM, canonicalUuid: known },
    );
    expect(place.fields).toMatchObject({ 'tags[login]': true });
    expect(CATEGORIES.location.encodeCreate(place, { platform: MODERN_PLATFORM, localUuid }).body).toMatchObject({ tags: ['login-here'] });
    const writes: Writes = { fields: new Map([['tags[more]', true]]) };
    expect(CATEGORIES.location.planSteps(place, place, writes, { platform: MODERN_PLATFORM, localUuid })[0]?.body).toEqual({ tags: ['login-here', 'more'] });
    const visit = CATEGORIES.visit.decode(
      {
        ...{ uuid: 'v', patient: 'jane', visitType: { uuid: 'facility-here' }, startDatetime: '2020-05-01T10:00:00.000+0000' },
        attributes: [
          { uuid: 'a', attributeType: { uuid: 'insurance-here', maxOccurs: 1 }, value: '17' },
          { uuid: 'b', attributeType: { uuid: 'ward-here', maxOccurs: null }, value: 'A' },
        ],
      },
      { record: { aggregate: 'visit', uuid: 'v' }, client: 'rest', platform: MODERN_PLATFORM, canonicalUuid: known },
    );
    expect(visit.fields).toMatchObject({ visitType: 'facility', 'attributes[insurance]': '17', 'attributes[ward|A]': true });
    expect(visit.references).toContainEqual({ path: 'attributes[insurance]', resource: 'visitattributetype', uuid: 'insurance', aggregate: null });
    expect(CATEGORIES.visit.encodeCreate(visit, { platform: MODERN_PLATFORM, localUuid }).body).toMatchObject({
      visitType: 'facility-here',
      attributes: [
        { attributeType: 'insurance-here', value: '17' },
        { attributeType: 'ward-here', value: 'A' },
      ],
    });
    const encounter = CATEGORIES.encounter.decode(
      {
        ...{ uuid: 'e', patient: 'jane', encounterType: 'vitals', encounterDatetime: '2020-05-01T10:00:00.000+0000' },
        obs: [{ uuid: 'o', concept: { uuid: 'given-here' }, value: { uuid: 'cotrim-here', links: [{ uri: 'http://h/openmrs/ws/rest/v1/drug/cotrim-here' }] } }],
        encounterProviders: [{ uuid: 'ep', provider: { uuid: 'grace-here' }, encounterRole: { uuid: 'clinician' } }],
      },
      { record: { aggregate: 'encounter', uuid: 'e' }, client: 'rest', platform: MODERN_PLATFORM, canonicalUuid: known },
    );
    expect(encounter.fields).toMatchObject({ 'encounterProviders[grace|clinician]': true, 'obs[o]': '{"concept":"given","drug":"cotrim"}' });
    expect(encounter.references).toContainEqual({ path: 'obs[o]', resource: 'drug', uuid: 'cotrim', aggregate: null });
    expect(CATEGORIES.encounter.encodeCreate(encounter, { platform: MODERN_PLATFORM, localUuid }).body).toMatchObject({
      encounterProviders: [{ provider: 'grace-here', encounterRole: 'clinician' }],
      obs: [{ concept: 'given-here', value: 'cotrim-here' }],
    });
    const coded = { uuid: 'malaria-here', links: [{ uri: 'http://h/openmrs/ws/rest/v1/concept/malaria-here' }] };
    const told = CATEGORIES.location.decode(
      { uuid: 'p', name: 'Ward', attributes: [{ uuid: 'a', attributeType: { uuid: 'endemic', maxOccurs: 1 }, value: coded }] },
      { record: { aggregate: 'location', uuid: 'p' }, client: 'rest', platform: MODERN_PLATFORM, canonicalUuid: known },
    );
    expect(told.fields).toMatchObject({ 'attributes[endemic]': 'malaria' });
    expect(CATEGORIES.location.encodeCreate(told, { platform: MODERN_PLATFORM, localUuid }).body).toMatchObject({ attributes: [{ value: 'malaria-here' }] });
  });
});
