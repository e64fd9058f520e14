import { z } from 'zod';
import type { RecordCategory } from './canonical.js';
import { defineCategory } from './define-category.js';
import { leadOf, movedPointer, POINTED_KINDS, pointerTo } from './fhir/fhir-pointer.js';
import { taskAlone } from './fhir/task.r4.js';
import { type ItemContext, type ListSpec, partsKey, type ReadItem } from './list.js';
import { instant, reference, type ScalarKind, text } from './scalars.js';

const SCALARS: Readonly<Record<string, ScalarKind>> = {
  patient: reference('patient', 'person'),
  subject: pointerTo('Person', 'RelatedPerson', 'Practitioner', 'Location', 'Group'),
  encounter: pointerTo('Encounter'),
  location: pointerTo('Location'),
  owner: pointerTo('Practitioner', 'Patient', 'RelatedPerson'),
  focus: pointerTo(),
  status: text,
  code: reference('concept', null),
  comment: text,
  executionStart: instant,
  executionEnd: instant,
};

const LISTED: Pick<ListSpec, 'owner' | 'written' | 'refersTo' | 'names' | 'sameKey'> = {
  owner: 'task',
  written: { by: 'nested' },
  refersTo: POINTED_KINDS.flatMap(({ aggregate }) => aggregate ?? []),
  names: [...POINTED_KINDS.flatMap(({ resource, aggregate }) => (aggregate === null ? [resource] : [])), 'concept'],
  sameKey: 'one-item',
};

const referencesOf = (said: string | null): ReadItem['references'] => {
  const lead = said === null ? null : leadOf(said);
  return lead === null ? [] : [lead];
};

/** References to whatever they lead, each known by its text. */
const pointers = (name: 'basedOn' | 'partOf'): ListSpec => ({
  ...LISTED,
  name,
  shape: z.string(),
  read: (told: string, { canonicalUuid }: ItemContext) => {
    const key = movedPointer(told, canonicalUuid);
    return { key, value: true, references: referencesOf(key) };
  },
  body: ({ key }, localUuid) => ({ reference: movedPointer(key, localUuid) }),
});

const ParameterShape = z.looseObject({
  type: z.string(),
  reference: z.string().nullish(),
  text: z.string().nullish(),
  number: z.number().nullish(),
  moment: instant.shape,
});

/** What a task is given, or has come to: a concept that says what it is, and one value. A server's own rows have uuids that nobody tells, so that each is known by what it says. */
const parameters = (name: 'input' | 'output'): ListSpec => ({
  ...LISTED,
  name,
  shape: ParameterShape,
  read: (told: z.infer<typeof ParameterShape>, { canonicalUuid }: ItemContext) => {
    const type = canonicalUuid('concept', told.type);
    const said = typeof told.reference === 'string' ? movedPointer(told.reference, canonicalUuid) : null;
    const key = partsKey([
      ['type', type],
      ['reference', said],
      ['text', told.text ?? null],
      ['number', told.number ?? null],
      ['moment', instant.normalise(told.moment)],
    ]);
    return { key, value: true, references: [{ resource: 'concept', uuid: type, aggregate: null }, ...referencesOf(said)] };
  },
  body: () => ({}),
});

/** What another task may have to do with, and be made before. */
const LATER = 'output';

/**
 * Something that somebody is asked to do: a row of fhir2's own (FhirTask), which core, REST and the feed know nothing of. References are text that nobody checks
 * (FhirReference): what leads to a record is brought to the uuid that the record has at the target, and waited for; what leads elsewhere, or to what its own site has not,
 * stays as it is. Read and written by fhir2 2.1 and newer: older ones find none by its patient, and tell no date of a new one. DELETE retires the row, which is told as
 * gone from then on. `intent` is an order's always (FhirTask.TaskIntent). Not carried: when it was made, and what fhir2 itself drops (TaskTranslatorImpl). No void of a
 * patient takes it along. How its changes come to be known: docs/adr/0086; what is particular to it: docs/adr/0094.
 */
export const task = defineCategory({
  name: 'task' satisfies RecordCategory,
  title: 'Task',
  openmrsClass: 'org.openmrs.module.fhir2.model.FhirTask',
  aggregate: 'task',
  feeds: ['task'],
  flows: 'both-ways',
  resource: 'task',
  fhirAlone: taskAlone,
  owners: [{ owner: 'task', at: 'body' }],
  deleted: 'voided',
  toldWhenDeleted: false,
  scalars: SCALARS,
  scalarsOn: ({ hasTaskFocus }) => Object.keys(SCALARS).filter((name) => hasTaskFocus || name !== 'focus'),
  hangsOn: { patients: ['patient'], listedBy: '' },
  fixed: ['patient', 'subject'],
  lists: [pointers('basedOn'), pointers('partOf'), parameters('input'), parameters('output')],
  deferrable: [LATER],
  representation: () => '',
  telltale: 'basedOn',
  requires: ['status'],
  cannotRestore: () => 'fhir2 says nothing of one that is retired (BaseFhirService.get)',
  unsupported: ({ hasTasks }) =>
    hasTasks ? null : 'tasks are kept by openmrs-module-fhir2 alone, which finds them by their patient and tells when they were made from 2.1 on',
});
