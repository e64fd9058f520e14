import type { Ref, Row, Values } from '../database.js';
import { membersOf, saveObs, voidTree } from '../obs-saving.js';
import { datatypeOf } from '../obs-values.js';
import { live } from '../parts.js';
import { resourceOf } from '../resource.js';
import { findRow, type Stu3Reading, type Stu3Writing } from './fhir-call.js';
import { fhirDateTime, fhirInstant, readMoment } from './fhir-dates.js';
import { failed, nullPointer } from './fhir-error.js';
import { compact, extensionsIn, type Json, listIn, partIn, textIn } from './fhir-json.js';
import { postedValue, shownRange, shownValue } from './obs-values.stu3.js';
import { personReference } from './references.stu3.js';
import { auditExtensions, caught, codingsOf, conceptIn, idOf, postedStamps, refuse, type Stu3Resource, uuidBehind } from './stu3-resource.js';

/** Where the module has no helper for the platform, whatever asks for it fails (`ContextUtil.getObsHelper`). */
function needHelper({ profile }: Stu3Reading): void {
  if (!profile.hasHelpers) throw failed("org.springframework.beans.factory.NoSuchBeanDefinitionException: No bean named 'fhir.ObsHelper' is defined");
}

const isLive = ({ values }: Row): boolean => values['voided'] !== true;
const nameOf = (obs: Row | undefined, reading: Stu3Reading): unknown => findRow(reading, 'concept', obs?.values['concept'])?.values['name'];
const related = (type: string, target: Row | undefined, display: unknown): readonly Json[] =>
  target ? [{ type, target: { reference: `Observation/${target.uuid}`, display } }] : [];

/** Performers lead to what binds the provider to the encounter, under the name of practitioners. */
function performers(encounter: Row | undefined, { engine }: Stu3Reading): readonly Json[] {
  return (encounter ? engine.database.ownedBy(encounter.uuid, 'encounterprovider') : []).map(({ uuid, values }) => {
    const provider = engine.database.find('provider', String(values['provider']));
    return { reference: `Practitioner/${uuid}`, display: `${String(provider?.values['name'])}(Identifier:${String(provider?.values['identifier'])})` };
  });
}

/** `FHIRObsUtil.generateObs`: `issued` is when it was observed. */
function show(row: Row, reading: Stu3Reading): Json {
  needHelper(reading);
  const { values } = row;
  const { zone } = reading.engine;
  const at = typeof values['obsDatetime'] === 'number' ? values['obsDatetime'] : null;
  const concept = findRow(reading, 'concept', values['concept']);
  const encounter = findRow(reading, 'encounter', values['encounter']);
  const place = typeof values['location'] === 'string' ? [{ url: 'locationUuid', valueString: values['location'] }] : [];
  const group = findRow(reading, 'obs', values['obsGroup']);
  return compact({
    resourceType: 'Observation',
    id: row.uuid,
    extension: [...auditExtensions(row, reading), ...place],
    status: String(values['status'] ?? 'FINAL').toLowerCase(),
    code: { coding: concept ? codingsOf(concept, reading) : [] },
    subject: personReference(findRow(reading, 'person', values['person']), reading),
    context: encounter ? { reference: `Encounter/${encounter.uuid}` } : null,
    effectiveDateTime: at === null ? null : fhirDateTime(at, zone),
    issued: at === null ? null : fhirInstant(at, zone),
    performer: performers(encounter, reading),
    ...shownValue(row, reading),
    interpretation: { text: values['interpretation'] },
    comment: values['comment'],
    referenceRange: shownRange(row, reading),
    related: [
      ...membersOf(reading.engine, row)
        .filter(isLive)
        .flatMap((member) => related('has-member', member, nameOf(member, reading))),
      ...related('replaces', findRow(reading, 'obs', values['previousVersion']), 'Old Obs which replaced by the new Obs'),
      ...related('derived-from', group, nameOf(group, reading)),
    ],
  });
}

const hasMembers = (body: Json): boolean => listIn(body, 'related').some(({ type }) => type === 'has-member');

function postedTime(body: Json, { engine }: Stu3Reading): number | null {
  const text = textIn(body, 'effectiveDateTime') ?? textIn(partIn(body, 'effectivePeriod'), 'start');
  return text === null ? null : Math.floor(readMoment(text, engine.zone).at / 1000) * 1000;
}

/** `FHIRObsUtil.generateOpenMRSObs`: the person goes by the **element's** id of the subject; a group is given a text, for it has no members yet. */
function posted(writing: Stu3Writing, body: Json): Values {
  needHelper(writing);
  const person = findRow(writing, 'person', partIn(body, 'subject')['id']);
  const [at, concept] = [postedTime(body, writing), conceptIn(body['code'], writing)];
  const hasValue = Object.keys(body).some((key) => /^value[A-Z]/.test(key));
  refuse([
    ...(person ? [] : ['There is no person for the given uuid']),
    ...(at === null ? ['Observation DateTime cannot be empty'] : []),
    ...(concept ? [] : ['No matching concept found for the given codings']),
    ...(concept && !hasValue ? ['Obs set value cannot be empty'] : []),
  ]);
  const place = extensionsIn(body, 'locationUuid')[0];
  const values = concept ? postedValue(body, String(concept.values['datatype'] ?? 'N/A'), writing) : {};
  return {
    ...{ person: person?.uuid ?? null, obsDatetime: at, concept: concept?.uuid ?? null, comment: textIn(body, 'comment') },
    ...values,
    ...(hasMembers(body) && !values['valueText'] ? { valueText: 'this will be grouping observation, ' } : {}),
    location: findRow(writing, 'location', place ? textIn(place, 'valueString') : null)?.uuid ?? null,
  };
}

/** Each that is related, however it is, becomes a member, saved anew by the service. */
function join(writing: Stu3Writing, group: Ref, body: Json): void {
  if (!hasMembers(body)) return;
  for (const { target } of listIn(body, 'related')) {
    const member = findRow(writing, 'obs', uuidBehind(target));
    if (!member) continue;
    writing.writer.tx.set(member, { obsGroup: group.uuid });
    saveObs(writing.writer, member, 'Updated by FHIR request');
  }
}

const STATUSES: readonly string[] = ['preliminary', 'final', 'amended'];

function create(writing: Stu3Writing, body: Json): Ref {
  const { writer, engine } = writing;
  const values = posted(writing, body);
  const status = textIn(body, 'status');
  if (status !== null && !STATUSES.includes(status)) throw failed('java.lang.IllegalArgumentException: No enum constant org.openmrs.Obs.Status');
  const context = textIn(partIn(body, 'context'), 'reference');
  const row = writer.create(resourceOf(engine, 'obs'), idOf(body) ?? engine.random.uuid(), null);
  const group = listIn(body, 'related').find(({ type }) => type === 'derived-from');
  const issued = textIn(body, 'issued');
  writer.tx.set(row, {
    ...postedStamps(body, writing),
    ...values,
    ...(issued === null ? {} : { dateCreated: readMoment(issued, engine.zone).start }),
    ...(status === null ? {} : { status: status.toUpperCase() }),
    encounter: findRow(writing, 'encounter', context?.split('/').at(-1))?.uuid ?? null,
    obsGroup: group ? (findRow(writing, 'obs', uuidBehind(group['target']))?.uuid ?? null) : null,
  });
  saveObs(writer, row, 'Created by FHIR request');
  join(writing, row, body);
  return row;
}

/** `FHIRObsUtil.copyObsAttributes`: the encounter is lost; status and interpretation stay; what changed goes on under another uuid, and what is said to belong to it joins the one that is voided. */
function update(writing: Stu3Writing, row: Row, body: Json): Ref {
  const { writer, engine } = writing;
  const { valueText, ...values } = posted(writing, body);
  const isText = datatypeOf({ ...row, values: { ...row.values, concept: values['concept'] ?? null } }, engine) === 'Text';
  writer.tx.set(row, { ...values, ...(isText ? { valueText: valueText ?? null } : {}), encounter: null });
  try {
    saveObs(writer, row, 'Updated by FHIR request');
    join(writing, writer.standsFor(row), body);
  } catch (error) {
    throw caught(error);
  }
  return writer.standsFor(row);
}

const all = ({ engine }: Stu3Reading): readonly Row[] => engine.database.all('obs').filter(isLive);
const hasIdentifier = (person: unknown, value: string, { engine }: Stu3Reading): boolean => {
  const row = engine.database.find('person', String(person));
  return row !== undefined && live(engine.database, row, 'patientidentifier').some(({ values }) => values['identifier'] === value);
};

export const observationStu3: Stu3Resource = {
  type: 'Observation',
  find: (reading, uuid) => {
    const row = findRow(reading, 'obs', uuid);
    return row && isLive(row) ? row : undefined;
  },
  held: (reading, uuid) => findRow(reading, 'obs', uuid),
  privileges: { read: 'Get Observations', save: ['Add Observations', 'Edit Observations'], remove: 'Edit Observations' },
  searches: {
    _id: (value, reading) => all(reading).filter(({ uuid }) => uuid === value),
    subject: (value, reading) => all(reading).filter(({ values }) => values['person'] === value.split('/').at(-1)),
    code: (value, reading) => all(reading).filter(({ values }) => values['concept'] === value),
    'patient.identifier': (value, reading) => all(reading).filter(({ values }) => hasIdentifier(values['person'], value, reading)),
  },
  show,
  create,
  update,
  remove: ({ writer }, row) => {
    if (!row) throw nullPointer();
    voidTree(writer, row, { reason: 'Voided by FHIR request' });
  },
};
