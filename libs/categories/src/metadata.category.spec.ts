import { describe, expect, it } from '@jest/globals';
import { METADATA, type Metadata } from '@sync-hub/contracts';
import { CATEGORIES, categoriesOf, takesReferences } from './all-categories.js';
import { asCarried, kindBehind, metadataNamed } from './metadata-references.js';
import { MODERN_PLATFORM, type Platform } from './platform.js';
import type { Writes } from './step.js';

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
};

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
    expect({ fields, presence, references, itemUuids }).toEqual({ fields: WANTED[kind], presence: 'present', references: [], itemUuids: {} });
    expect(covers).toEqual(Object.keys(WANTED[kind]).sort());
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
    expect(first.representation(MODERN_PLATFORM)).toBe(
      `custom:(uuid,${Object.keys(first.scalars)
        .filter((name) => name in WANTED[kind])
        .join(',')},retired,auditInfo)`,
    );
  });

  it('is created by one request, and changed by one that names only what is new', () => {
    const { fields } = decoded(kind);
    const said = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
    const empty = CATEGORIES[kind].saidEmpty?.includes('description') && fields['description'] === null ? { description: '' } : {};
    expect(CATEGORIES[kind].encodeCreate(decoded(kind), { platform: MODERN_PLATFORM })).toEqual({
      method: 'POST',
      path: kind,
      body: { uuid: 'm-1', ...said, ...empty },
      creates: 'record',
    });
    const writes: Writes = { fields: new Map([['description', 'Said anew']]) };
    expect(CATEGORIES[kind].planSteps(decoded(kind), decoded(kind), writes, { platform: MODERN_PLATFORM })).toEqual([
      { method: 'POST', path: `${kind}/m-1`, body: { description: 'Said anew' } },
    ]);
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
    const concept = { path: 'indication', resource: 'concept', uuid: 'c', aggregate: null };
    expect(asCarried(concept, new Set(METADATA))).toEqual(concept);
    expect([kindBehind(reference), kindBehind(concept), kindBehind({ resource: 'patient', aggregate: 'person' })]).toEqual(['visittype', null, 'person']);
    expect([metadataNamed('locationtag'), metadataNamed('location')]).toEqual(['locationtag', null]);
  });

  it('is called what its site calls it wherever something points at it, in lists and single values', () => {
    const local = new Map([
      ['visittype/facility', 'facility-here'],
      ['visitattributetype/insurance', 'insurance-here'],
      ['visitattributetype/ward', 'ward-here'],
      ['locationtag/login', 'login-here'],
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
  });
});
