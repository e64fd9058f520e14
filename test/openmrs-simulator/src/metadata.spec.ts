import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CARE, CLASSES, DATATYPES, PROFILE_IDS, PUBLISHABLE, type Publishable, type Published, SAMPLE, startSimulator } from './index.js';
import { type Bench, bench } from './simulator.bench.js';

const NEW = '99999999-0000-4000-8000-000000000001';
const FREE_TEXT = 'org.openmrs.customdatatype.datatype.FreeTextDatatype';
const PLATFORMS = PROFILE_IDS.map((profile) => ({ profile }));

describe.each(PLATFORMS)('metadata of platform $profile', ({ profile }) => {
  let at: Bench;
  const isOld = profile === '1.9';
  beforeEach(async () => {
    at = await bench({ profile });
  });
  afterEach(() => at.simulator.stop());

  /** The status, and the code of what is refused. */
  const post = async (path: string, body: object) => {
    const { status, json } = await at.call('POST', path, body);
    const fields = Object.values((json?.error?.fieldErrors ?? {}) as Record<string, { code: string }[]>).flat();
    return [status, [...fields, ...(json?.error?.globalErrors ?? [])][0]?.code];
  };

  it('of one name is refused where the platform asks for that, and only there', async () => {
    const type = { name: 'Vitals', description: 'Again' };
    expect(await post('visittype', { name: 'Facility Visit' })).toEqual([201, undefined]);
    expect(await post('locationtag', { name: 'Login Location' })).toEqual([201, undefined]);
    expect(await post('encountertype', type)).toEqual(isOld ? [201, undefined] : [400, 'EncounterType.error.duplicateEncounterTypeNameSpecified']);
    expect(await post('encounterrole', { name: 'Clinician', description: 'Again' })).toEqual([400, 'encounterRole.duplicate.name']);
    expect(await post('patientidentifiertype', { name: 'OpenMRS ID', description: 'x' })).toEqual(
      isOld ? [201, undefined] : [400, 'identifierType.duplicate.name'],
    );
    const phone = { name: 'Telephone Number', description: 'x', format: 'java.lang.String' };
    expect(await post('personattributetype', phone)).toEqual([400, 'PersonAttributeType.error.nameAlreadyInUse']);
    const sibling = { aIsToB: 'Sibling', bIsToA: 'Sibling', description: 'x' };
    expect(await post('relationshiptype', sibling)).toEqual([201, undefined]);
    expect(await post('relationshiptype', sibling)).toEqual(isOld ? [201, undefined] : [400, 'duplicate.relationshipType']);
    expect(await post('visitattributetype', { name: 'Insurance number', datatypeClassname: FREE_TEXT })).toEqual([201, undefined]);
    const code = { name: 'Facility code', datatypeClassname: FREE_TEXT };
    expect(await post('locationattributetype', code)).toEqual(isOld ? [201, undefined] : [400, 'LocationAttributeType.error.nameAlreadyInUse']);
    const licence = { name: 'Licence', datatypeClassname: FREE_TEXT };
    expect(await post('providerattributetype', licence)).toEqual([201, undefined]);
    expect(await post('providerattributetype', licence)).toEqual(profile === '2.8' ? [400, 'ProviderAttributeType.error.nameAlreadyInUse'] : [201, undefined]);
    const vaccine = { name: 'Vaccine', description: 'Given' };
    expect(await post('conceptclass', vaccine)).toEqual([201, undefined]);
    expect(await post('conceptclass', vaccine)).toEqual(isOld ? [201, undefined] : [400, 'conceptclass.duplicate.name']);
    expect(await post('conceptsource', vaccine)).toEqual([201, undefined]);
    expect(await post('conceptsource', vaccine)).toEqual([201, undefined]);
  });

  it('that says of what something may be said is of a datatype that the server has, and fits in itself', async () => {
    const type = (more: object) => post('visitattributetype', { name: 'Scheme', datatypeClassname: FREE_TEXT, ...more });
    expect(await type({ datatypeClassname: '' })).toEqual([400, 'error.null']);
    expect(await type({ datatypeClassname: 'org.openmrs.module.lab.SampleDatatype' })).toEqual([400, 'AttributeType.datatypeConfig.invalid']);
    expect(await type({ preferredHandlerClassname: 'com.example.Handler' })).toEqual([400, 'AttributeType.handlerConfig.invalid']);
    expect(await type({ datatypeClassname: FREE_TEXT.replace('FreeText', 'RegexValidatedText') })).toEqual(isOld ? [201, undefined] : [400, 'error.null']);
    expect(await type({ minOccurs: -1 })).toEqual([400, 'AttributeType.minOccursShouldNotBeLessThanZero']);
    expect(await type({ minOccurs: null })).toEqual([400, 'error.null']);
    expect(await type({ maxOccurs: 0 })).toEqual([400, 'AttributeType.maxOccursShouldNotBeLessThanOne']);
    expect(await type({ minOccurs: 3, maxOccurs: 2 })).toEqual([400, 'AttributeType.maxOccursShouldNotBeLessThanMinOccurs']);
    expect((await post('programattributetype', { name: 'Scheme', datatypeClassname: FREE_TEXT }))[0]).toBe(['2.3', '2.8'].includes(profile) ? 201 : 404);
  });

  it('that orders refer to is kept as each platform has it', async () => {
    const { hasOrderEntry, writesOrderFrequencies } = at.simulator.profile;
    const type = { name: 'Lab order', description: 'x' };
    if (!hasOrderEntry) {
      expect(await post('ordertype', type)).toEqual([201, undefined]);
      expect((await post('ordertype', { ...type, javaClassName: 'org.openmrs.Order' }))[0]).toBe(400);
      expect((await at.call('GET', 'caresetting')).status).toBe(404);
      expect((await post('orderfrequency', { frequencyPerDay: 2, concept: CARE.twiceDaily }))[0]).toBe(404);
      return;
    }
    expect((await post('ordertype', type))[0]).toBe(400);
    const made = (more: object) => at.call('POST', 'ordertype', { name: 'Any', javaClassName: 'org.openmrs.Order', ...more });
    const parent = (await made({ name: 'Parent', conceptClasses: [CARE.testClass] })).json.uuid;
    const child = (await made({ name: 'Child', parent })).json.uuid;
    expect(await post(`ordertype/${parent}`, { parent: child })).toEqual([400, 'OrderType.parent.amongDescendants']);
    expect(await post(`ordertype/${child}`, { name: 'Parent' })).toEqual([400, 'OrderType.duplicate.name']);
    expect(await post(`ordertype/${child}`, { conceptClasses: [CARE.testClass] })).toEqual([400, 'OrderType.duplicate']);
    expect(await post(`ordertype/${parent}`, { conceptClasses: [] })).toEqual([200, undefined]);
    expect(await post(`ordertype/${child}`, { conceptClasses: [CARE.testClass] })).toEqual([200, undefined]);
    expect((await post('caresetting', { name: 'Home', description: 'x' }))[0]).toBe(400);
    expect((await post(`caresetting/${CARE.outpatient}`, { description: 'x' }))[0]).toBe(400);
    expect((await at.call('DELETE', `caresetting/${CARE.outpatient}`)).status).toBe(400);
    const twice = { frequencyPerDay: 2, concept: CARE.twiceDaily };
    expect((await post('orderfrequency', twice))[0]).toBe(writesOrderFrequencies ? 201 : 400);
    if (!writesOrderFrequencies) return;
    expect(await post('orderfrequency', twice)).toEqual([400, 'OrderFrequency.concept.shouldNotBeShared']);
    expect(await post('orderfrequency', { frequencyPerDay: null, concept: CARE.malaria })).toEqual([400, 'OrderFrequency.concept.shouldBeClassFrequency']);
    expect((await post('orderfrequency', { concept: CARE.thriceDaily }))[0]).toBe(400);
  });

  it('that patients are enrolled in has a name of its own and a concept', async () => {
    const program = { name: 'TB program', description: 'x', concept: CARE.tuberculosis };
    expect((await post('program', { ...program, concept: null }))[0]).toBe(400);
    expect((await post('program', { name: 'TB program', concept: CARE.tuberculosis }))[0]).toBe(400);
    expect(await post('program', { ...program, description: '' })).toEqual(isOld ? [400, 'error.description.required'] : [201, undefined]);
    if (isOld) expect(await post('program', program)).toEqual([201, undefined]);
    expect(await post('program', program)).toEqual([400, 'general.error.nameAlreadyInUse']);
    expect((await post('program', { ...program, name: 'HIV program', outcomesConcept: CARE.outcomes }))[0]).toBe(isOld ? 400 : 201);
  });

  it('that drugs and codes are is kept as core keeps it', async () => {
    const term = { code: 'M-1', conceptSource: CARE.ciel };
    const made = await at.call('POST', 'conceptreferenceterm', term);
    expect(made.status).toBe(201);
    expect(await post('conceptreferenceterm', { ...term, code: 'm-1' })).toEqual([400, 'ConceptReferenceTerm.duplicate.code']);
    expect(await post('conceptreferenceterm', { ...term, code: ' ' })).toEqual([400, 'ConceptReferenceTerm.error.codeRequired']);
    at.simulator.clinician.administrator.retire('conceptreferenceterm', made.json.uuid);
    expect((await post('conceptreferenceterm', term))[0]).toBe(profile === '2.8' ? 201 : 400);
    const drug = { name: 'Ibuprofen', concept: CARE.paracetamolConcept, combination: false };
    expect((await post('drug', { name: 'Ibuprofen', combination: false }))[0]).toBe(400);
    const { uuid } = (await at.call('POST', 'drug', { ...drug, description: 'Not stored' })).json;
    expect((await at.call('GET', `drug/${uuid}`)).json).toMatchObject({ name: 'Ibuprofen', description: null });
    expect((await post(`drug/${uuid}`, { doseStrength: 2 }))[0]).toBe(isOld ? 200 : 400);
    expect((await post(`drug/${uuid}`, { strength: '2 mg' }))[0]).toBe(isOld ? 400 : 200);
    if (!isOld) await post(`drug/${uuid}/ingredient`, { ingredient: CARE.malaria });
    expect((await at.call('GET', `drug/${uuid}`)).json.ingredients).toEqual(isOld ? undefined : []);
  });

  it('that cares for patients is a person, or has a name of its own', async () => {
    expect((await post('provider', { person: null, identifier: 'P-1' }))[1]).toBe('Provider.error.personOrName.required');
    const person = (await at.call('POST', 'person', { gender: 'F', names: [{ givenName: 'Achieng', familyName: 'Were' }] })).json.uuid;
    const made = await at.call('POST', 'provider', { person, identifier: 'DOC-1' });
    expect(made.status).toBe(isOld ? 400 : 201);
    const { uuid } = (await at.call('POST', 'provider', { person, identifier: 'P-1' })).json;
    const licence = { attributeType: CARE.licence, value: '17' };
    expect((await post(`provider/${uuid}/attribute`, licence))[0]).toBe(201);
    expect(await post(`provider/${uuid}/attribute`, licence)).toEqual([400, 'attribute.error.maxOccurs']);
    expect((await at.call('GET', `provider/${uuid}?v=full`)).json).toMatchObject({ display: 'P-1 - Achieng Were', attributes: [{ value: '17' }] });
  });

  it('of the dictionary has the names, answers and members that core lets it have', async () => {
    const named = (name: string, conceptNameType: string | null = null, localePreferred = false) => ({ name, locale: 'en', localePreferred, conceptNameType });
    const full = named('Fever', 'FULLY_SPECIFIED');
    const fever = { datatype: DATATYPES['Coded'], conceptClass: CLASSES['Finding'] };
    const names = [named('Fv', 'SHORT'), full, named('Hot body')];
    if (!at.simulator.profile.writesConcepts) return expect((await post('concept', { ...fever, names }))[0]).toBe(500);
    const { uuid } = (await at.call('POST', 'concept', { ...fever, names, answers: [CARE.yes, CARE.paracetamol], setMembers: [CARE.malaria] })).json;
    const read = async () => (await at.call('GET', `concept/${uuid}?v=full`)).json;
    const there = await read();
    // What came first was made fully specified, and a synonym of when the next one was.
    expect(there.names.map((one: Record<string, unknown>) => [one['name'], one['conceptNameType'], one['localePreferred']])).toEqual([
      ['Fv', null, false],
      ['Fever', 'FULLY_SPECIFIED', true],
      ['Hot body', null, false],
    ]);
    expect([there.set, there.answers.map(({ uuid: one }: { uuid: string }) => one)]).toEqual([true, [CARE.yes, CARE.paracetamol]]);
    const [, fullySpecified, hot] = there.names.map((one: { uuid: string }) => one.uuid);
    expect(await post(`concept/${uuid}/name/${hot}`, { localePreferred: true })).toEqual([400, 'Concept.error.multipleLocalePreferredNames']);
    expect((await post(`concept/${uuid}/name`, named('hot BODY')))[0]).toBe(500);
    expect((await at.call('DELETE', `concept/${uuid}/name/${fullySpecified}?reason=x`)).status).toBe(400);
    expect((await post(`concept/${uuid}/name/${hot}`, { name: 'Pyrexia' }))[0]).toBe(200);
    expect((await read()).names.map((one: { uuid: string }) => one.uuid)).not.toContain(hot);
    expect((await post('concept', { ...fever, names: [full] }))[0]).toBe(500);
    expect(await post('concept', { ...fever, names: [] })).toEqual([400, 'Concept.name.atLeastOneRequired']);
    expect((await post(`concept/${uuid}`, { answers: [CARE.weight] }))[0]).toBe(400);
    expect((await post(`concept/${uuid}`, { hiNormal: 3 }))[0]).toBe(400);
    expect(await post(`concept/${uuid}`, { setMembers: [] })).toEqual([200, undefined]);
    expect((await read()).set).toBe(false);
  });

  it('that encounters are recorded on has a version that begins with a digit', async () => {
    expect(await post('form', { name: 'Triage', version: 'one' })).toEqual([400, 'Form.version.invalid']);
    expect(await post('form', { name: 'Triage', version: '1' })).toEqual([201, undefined]);
  });

  it('that says what an account may do is kept by its name, and never out of use', async () => {
    expect(await post('privilege', { name: ' ', description: 'x' })).toEqual([400, 'error.privilege']);
    expect(await post('role', { name: 'Nurse ', description: 'x' })).toEqual([400, 'error.trailingSpaces']);
    expect(await post('role', { name: 'Nurse', description: '' })).toEqual(isOld ? [400, 'error.description'] : [201, undefined]);
    const again = await at.call('POST', 'privilege', { name: 'get patients', description: 'Again' });
    expect([again.status, again.json.uuid === CARE.getPatients]).toEqual([201, false]);
    expect((await at.call('GET', `privilege/${CARE.getPatients}`)).status).toBe(404);
    expect((await at.call('GET', 'privilege/get%20patients')).json.uuid).toBe(again.json.uuid);
    expect((await at.call('GET', `role/${CARE.clerk}`)).json.privileges).toMatchObject([{ uuid: again.json.uuid }]);
    expect((await at.call('DELETE', `role/${CARE.clerk}`)).status).toBe(204);
    expect((await at.call('GET', `role/${CARE.clerk}?v=full`)).json).toMatchObject({ retired: false, auditInfo: { creator: null, dateChanged: null } });
    expect((await post(`role/${CARE.clerk}`, { name: 'Registrar' }))[0]).toBe(400);
    const heir = (await at.call('POST', 'role', { name: 'Senior clerk', description: 'x', inheritedRoles: [CARE.clerk] })).json.uuid;
    expect((await post(`role/${CARE.clerk}`, { inheritedRoles: [heir] }))[0]).toBe(500);
    expect((await at.call('GET', 'role/Clerk')).status).toBe(404);
  });

  it('of a name that is out of use is taken again, but for roles and attribute types', async () => {
    const { administrator } = at.simulator.clinician;
    administrator.retire('encountertype', CARE.vitals);
    administrator.retire('encounterrole', CARE.clinicianRole);
    administrator.retire('personattributetype', SAMPLE.phone);
    expect(await post('encountertype', { name: 'Vitals', description: 'Again' })).toEqual([201, undefined]);
    expect((await post('encounterrole', { name: 'Clinician', description: 'Again' }))[0]).toBe(400);
    expect((await post('personattributetype', { name: 'Telephone Number', description: 'x', format: 'java.lang.String' }))[0]).toBe(400);
    const { undeletes } = at.simulator.profile;
    expect((await post(`encountertype/${CARE.vitals}`, undeletes ? { deleted: 'false' } : { retired: false }))[0]).toBe(isOld ? 200 : 400);
  });

  it('is brought back by the word that the module has for it, and by an update of its mark', async () => {
    const { administrator } = at.simulator.clinician;
    const { undeletes } = at.simulator.profile;
    const mark = async () => (await at.call('GET', `visittype/${CARE.homeVisit}`)).json.retired;
    administrator.retire('visittype', CARE.homeVisit);
    expect((await post(`visittype/${CARE.homeVisit}`, { deleted: 'false' }))[0]).toBe(undeletes ? 200 : 400);
    expect(await mark()).toBe(!undeletes);
    expect((await post(`visittype/${CARE.homeVisit}`, { retired: false }))[0]).toBe(200);
    expect(await mark()).toBe(false);
  });

  it('without a description is as the platform has it', async () => {
    expect(await post('conceptclass', { name: 'Vaccine' })).toEqual(isOld ? [400, 'error.description'] : [201, undefined]);
    expect(await post('conceptsource', { name: 'List' })).toEqual([400, undefined]);
    const blank = at.simulator.profile.validatesRelationshipTypes ? [400, 'error.null'] : [201, undefined];
    expect(await post('conceptsource', { name: 'List', description: '' })).toEqual(blank);
    expect(await post('encountertype', { name: 'Triage' })).toEqual([400, undefined]);
    expect(await post('encountertype', { name: 'Triage', description: '' })).toEqual(isOld ? [400, 'error.description'] : [201, undefined]);
    const aunt = await post('relationshiptype', { aIsToB: 'Aunt', bIsToA: 'Niece' });
    expect(aunt).toEqual(at.simulator.profile.validatesRelationshipTypes ? [400, 'RelationshipType.description.required'] : [500, undefined]);
  });

  it('is told with the keys that the platform has, and an attribute type sinks below the others', async () => {
    const type = (await at.call('GET', `patientidentifiertype/${SAMPLE.openmrsId}?v=full`)).json;
    expect(['checkDigit' in type, 'uniquenessBehavior' in type]).toEqual([['1.9', '1.12'].includes(profile), !isOld]);
    const { uuid } = (await at.call('POST', 'personattributetype', { name: 'Church', description: 'x', format: 'java.lang.String' })).json;
    expect((await at.call('GET', `personattributetype/${uuid}?v=full`)).json).toMatchObject({ sortWeight: 4, searchable: false, foreignKey: null });
    if (!isOld) expect(await post('personattributetype', { name: 'Choir', description: 'x' })).toEqual([400, 'PersonAttributeType.error.formatEmpty']);
  });

  it('is not saved while it is locked', async () => {
    for (const property of ['EncounterType.encounterTypes.locked', 'patientIdentifierTypes.locked', 'personAttributeTypes.locked'])
      at.simulator.seedRow('systemsetting', property, { property, value: 'true' });
    expect((await post(`encountertype/${CARE.vitals}`, { description: 'Changed' }))[0]).toBe(500);
    expect((await post(`patientidentifiertype/${SAMPLE.openmrsId}`, { description: 'Changed' }))[0]).toBe(isOld ? 200 : 500);
    expect((await post(`personattributetype/${SAMPLE.phone}`, { description: 'Changed' }))[0]).toBe(isOld ? 200 : 500);
    expect((await post(`visittype/${CARE.facilityVisit}`, { description: 'Changed' }))[0]).toBe(200);
  });
});

describe('the feed of metadata', () => {
  const entriesOf = async (alsoPublishes: readonly Publishable[]) => {
    const simulator = await startSimulator({ id: 'x', profile: '2.8', alsoPublishes });
    const { administrator } = simulator.clinician;
    administrator.add('visittype', { uuid: NEW, name: 'Outreach' });
    administrator.edit('visittype', NEW, { name: 'Village' });
    administrator.retire('visittype', NEW);
    administrator.restore('visittype', NEW);
    administrator.add('locationtag', { name: 'Pharmacy' });
    const entries = simulator.feedRows().map(({ category, tags }) => `${category} ${tags}`);
    await simulator.stop();
    return entries;
  };

  it('is silent as the module comes, and tells what it is configured to tell', async () => {
    expect(await entriesOf([])).toEqual([]);
    const all = ['CREATED', 'UPDATED', 'UPDATED', 'RETIRED', 'UPDATED', 'UNRETIRED'].map((action) => `visittype visittype,${action}`);
    expect(await entriesOf(['visittype'])).toEqual(all);
    expect(await entriesOf(PUBLISHABLE)).toEqual([...all, 'locationtag locationtag,CREATED']);
  });

  it('tells of a numeric concept where its own class is named too', async () => {
    const told = async (alsoPublishes: readonly Published[]) => {
      const simulator = await startSimulator({ id: 'x', profile: '2.8', alsoPublishes });
      const names = [{ name: 'Fundal height', locale: 'en', conceptNameType: 'FULLY_SPECIFIED' }];
      simulator.clinician.administrator.add('concept', { datatype: DATATYPES['Numeric'], conceptClass: CLASSES['Test'], names });
      const entries = simulator.feedRows().map(({ category, tags }) => `${category} ${tags}`);
      await simulator.stop();
      return entries;
    };
    expect([await told(['concept']), await told(['concept', 'conceptnumeric'])]).toEqual([[], ['concept concept,CREATED']]);
  });
});
