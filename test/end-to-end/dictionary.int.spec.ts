import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Metadata } from '@sync-hub/contracts';
import { CARE, CLASSES, DATATYPES, SAMPLE } from '@sync-hub/openmrs-simulator';
import { aUuid, type RunningWorld, runningHub } from './running-hub.js';

jest.setTimeout(240_000);

const BOTH = { pull: true, push: true };
const DOWN = { pull: true, push: false };
const KINDS: readonly Metadata[] = ['conceptsource', 'conceptreferenceterm', 'concept', 'drug', 'form'];
/** One that takes the parent's uuids, and one that gives its own. */
const CHILDREN = ['kisumu', 'siaya'] as const;

describe('the dictionary of the parent, at a child that takes its uuids and at one that gives its own', () => {
  let world: RunningWorld;
  let patient: string;
  beforeAll(async () => {
    const down = Object.fromEntries(KINDS.map((kind) => [kind, DOWN]));
    const classes = { location: DOWN, person: BOTH, patient: BOTH, visit: BOTH, encounter: BOTH, ...down };
    world = await runningHub({
      sites: { central: '2.8', kisumu: '2.8', siaya: '2.1-old' },
      publishes: ['concept', 'conceptreferenceterm', 'form'],
      link: () => ({ metadataFromChild: false, classes }),
    });
    const { clinician } = world.site('central');
    const location = clinician.addLocation({ uuid: aUuid(), name: 'Clinic', tags: [SAMPLE.visitTag] });
    const identifiers = [{ identifier: 'D-1', identifierType: SAMPLE.openmrsId, location, preferred: true }];
    patient = clinician.addPatient({ uuid: aUuid(), gender: 'F', names: [{ givenName: 'Moraa', familyName: 'Kemunto' }], identifiers });
    await world.atRest(100_000);
  }, 240_000);
  afterAll(() => world.stop());

  const administrator = () => world.site('central').clinician.administrator;
  /** One that a child has, by what it is called. */
  const called = (site: string, kind: Metadata, name: string) => {
    const [row, ...others] = world
      .site(site)
      .metadata(kind)
      .filter(({ values }) => values['name'] === name);
    if (row === undefined || others.length > 0) throw new Error(`${others.length + (row === undefined ? 0 : 1)} ${kind}s of that name at ${site}`);
    return row;
  };
  /** An encounter at the parent, known everywhere by the day it was on. */
  const seen = (day: string, more: object): void =>
    void world.site('central').clinician.care.recordEncounter({ uuid: aUuid(), patient, encounterType: CARE.vitals, encounterDatetime: at(day), ...more });
  const at = (day: string): string => `2026-03-${day}T08:30:00.000+0000`;
  const encounterAt = (site: string, day: string) =>
    world
      .site(site)
      .state()
      .encounters.find(({ values }) => values['encounterDatetime'] === Date.parse(at(day).replace('+0000', 'Z')));
  const isOwn = (site: string): boolean => site === 'siaya';
  const fullySpecified = (name: string) => ({ name, locale: 'en', localePreferred: true, conceptNameType: 'FULLY_SPECIFIED' });
  const synonym = (name: string) => ({ name, locale: 'en', localePreferred: false, conceptNameType: null });

  it('has the drug that an obs names, of which no feed told, and the codes of its sources', async () => {
    const [source, term, drug] = [aUuid(), aUuid(), aUuid()];
    const said = { combination: false, strength: '200mg', dosageForm: CARE.tablet, concept: CARE.paracetamolConcept };
    world.site('central').seedMetadata({
      conceptsource: [{ uuid: source, name: 'National list', description: 'Of drugs' }],
      drug: [{ uuid: drug, name: 'Ibuprofen 200mg', ...said }],
    });
    administrator().add('conceptreferenceterm', { uuid: term, conceptSource: source, code: 'N-17', name: 'Ibuprofen' });
    seen('02', { obs: [{ concept: CARE.diagnosis, value: drug }] });
    await world.atRest(100_000);
    for (const child of CHILDREN) {
      const there = called(child, 'drug', 'Ibuprofen 200mg');
      expect([there.values, there.uuid === drug]).toMatchObject([said, !isOwn(child)]);
      expect(called(child, 'conceptreferenceterm', 'Ibuprofen').values).toMatchObject({
        code: 'N-17',
        conceptSource: called(child, 'conceptsource', 'National list').uuid,
      });
      expect(encounterAt(child, '02')?.obs.map(({ values }) => values['valueDrug'])).toEqual([there.uuid]);
    }
    expect(await world.held()).toEqual([]);
  });

  it('has a question with answers that lead back to it, and a numeric concept, of which no feed tells, with the obs that names it; and what becomes of them', async () => {
    const [question, answer, height] = [aUuid(), aUuid(), aUuid()];
    const made = (uuid: string, datatype: string | undefined, name: string) => ({
      ...{ uuid, datatype, conceptClass: CLASSES['Finding'] },
      names: [fullySpecified(name), synonym(`${name} too`)],
    });
    administrator().add('concept', made(answer, DATATYPES['N/A'], 'Breech'));
    administrator().add('concept', { ...made(question, DATATYPES['Coded'], 'Presentation'), answers: [answer, CARE.no] });
    administrator().edit('concept', answer, { setMembers: [question] });
    const limits = { hiAbsolute: 60, units: 'cm', allowDecimal: true };
    world.site('central').seedMetadata({ concept: [{ uuid: height, name: 'Fundal height', datatype: 'Numeric', conceptClass: 'Test', ...limits }] });
    seen('03', {
      obs: [
        { concept: question, value: answer },
        { concept: height, value: 31.5 },
      ],
    });
    await world.atRest(100_000);
    const namesAt = (site: string, uuid: string) =>
      world
        .site(site)
        .metadataParts('conceptname', uuid)
        .flatMap(({ gone, values }) => (gone ? [] : [[values['name'], values['conceptNameType'] ?? null, values['localePreferred']]]))
        .sort();
    const asked = new Map<string, string>();
    for (const child of CHILDREN) {
      const [presentation, breech, fundal] = [
        called(child, 'concept', 'Presentation'),
        called(child, 'concept', 'Breech'),
        called(child, 'concept', 'Fundal height'),
      ];
      asked.set(child, presentation.uuid);
      expect(presentation.uuid === question).toBe(!isOwn(child));
      expect([presentation.values['answers'], breech.values['setMembers']]).toEqual([[breech.uuid, CARE.no], [presentation.uuid]]);
      expect(fundal.values).toMatchObject({ datatype: 'Numeric', ...limits });
      const said = encounterAt(child, '03')?.obs.map(({ values }) => [values['concept'], values['valueCoded'] ?? values['valueNumeric']]);
      expect(new Map(said as [string, unknown][])).toEqual(
        new Map<string, unknown>([
          [presentation.uuid, breech.uuid],
          [fundal.uuid, 31.5],
        ]),
      );
      expect(namesAt(child, presentation.uuid)).toEqual(namesAt('central', question));
    }

    const [name, other] = world.site('central').metadataParts('conceptname', question);
    administrator().editPart('conceptname', String(name?.uuid), { name: 'Lie' });
    administrator().takePart('conceptname', String(other?.uuid));
    administrator().edit('concept', question, { answers: [CARE.no, answer], version: '2' });
    administrator().retire('concept', answer);
    await world.atRest(100_000);
    expect(namesAt('central', question)).toEqual([['Lie', 'FULLY_SPECIFIED', true]]);
    for (const child of CHILDREN) {
      expect(namesAt(child, asked.get(child) ?? '')).toEqual(namesAt('central', question));
      expect([called(child, 'concept', 'Lie').values['version'], called(child, 'concept', 'Breech').gone]).toEqual(['2', true]);
    }
    expect(await world.held()).toEqual([]);
  });

  it('is observed at the child under the uuid that it has there, and known at the parent by its own', async () => {
    const concept = administrator().add('concept', { datatype: DATATYPES['N/A'], conceptClass: CLASSES['Finding'], names: [fullySpecified('Cough')] });
    await world.atRest(100_000);
    const there = called('siaya', 'concept', 'Cough').uuid;
    expect(there === concept).toBe(false);
    world.site('siaya').clinician.care.recordEncounter({
      ...{ patient, encounterType: CARE.vitals, encounterDatetime: at('04') },
      obs: [{ concept: CARE.diagnosis, value: there }],
    });
    await world.atRest(100_000);
    for (const site of ['central', 'kisumu'])
      expect(encounterAt(site, '04')?.obs.map(({ values }) => [values['concept'], values['valueCoded']])).toEqual([[CARE.diagnosis, concept]]);
    expect(await world.held()).toEqual([]);
  });

  it('has a form as it is made, changed, retired and restored, with what was recorded on it; its fields and files are said to be lost', async () => {
    const uuid = aUuid();
    world.site('central').seedMetadata({
      formfield: [{ uuid: aUuid(), owner: uuid, name: 'Weight' }],
      formresource: [{ uuid: aUuid(), owner: uuid, name: 'JSON schema', valueReference: 'a-clob' }],
    });
    administrator().add('form', { uuid, name: 'Antenatal', description: 'Of mothers', version: '1.0', published: false, encounterType: CARE.vitals });
    seen('05', { form: uuid });
    await world.atRest(100_000);
    const formAt = (child: string) => called(child, 'form', 'Antenatal');
    for (const child of CHILDREN) {
      expect(formAt(child)).toMatchObject({ gone: false, values: { version: '1.0', published: false, encounterType: CARE.vitals } });
      expect(encounterAt(child, '05')?.values['form']).toBe(formAt(child).uuid);
    }
    const lost = await world.query<{ lost: string[] }>(`select lost from job where aggregate = 'form' and outcome = 'pushed'`);
    expect([...new Set(lost.flatMap((job) => job.lost))].sort()).toEqual(['formFields', 'resources']);

    administrator().edit('form', uuid, { version: '1.1', published: true });
    await world.atRest(100_000);
    administrator().retire('form', uuid);
    await world.atRest(100_000);
    for (const child of CHILDREN) expect(formAt(child)).toMatchObject({ gone: true, values: { version: '1.1', published: true } });
    administrator().restore('form', uuid);
    await world.atRest(100_000);
    for (const child of CHILDREN) expect(formAt(child).gone).toBe(false);
    expect(await world.held()).toEqual([]);
  });
});
