import { CATEGORIES, type RecordCategory } from '@sync-hub/categories';
import type { Direction } from '@sync-hub/contracts';
import type { LinkConfiguration } from '../schema.js';
import { changed, type ImportNote, isOn, type Json, lost, objectOf, objectsOf, textOf, unknownKeys } from './note.js';

/** Sync 2.0's own configuration has some of these on. What accounts may do, programs without their workflows and forms without their fields travel only where a person says so here. */
const NEVER_BY_IMPORT: Readonly<Record<string, string>> = {
  privilege: 'says what accounts may do, and is not switched on by an import; switch it on by name if it shall travel',
  role: 'says what accounts may do, and is not switched on by an import; switch it on by name if it shall travel',
  form: 'travels without its fields and files, and is not switched on by an import; switch it on by name if it shall travel',
  program: 'travels without its workflows, and is not switched on by an import; switch it on by name if it shall travel',
};
const OURS = (Object.keys(CATEGORIES) as RecordCategory[]).filter((category) => NEVER_BY_IMPORT[category] === undefined);
/** Categories of Sync 2.0 that are part of another record here. */
const PART_OF: Readonly<Record<string, readonly RecordCategory[]>> = {
  person_name: ['person', 'patient'],
  person_address: ['person', 'patient'],
  person_attribute: ['person', 'patient'],
  patient_identifier: ['patient'],
};

/** Categories of Sync 2.0 that are kinds of another one here. */
const LEADS_TO: Readonly<Record<string, RecordCategory>> = { drug_order: 'order', test_order: 'order' };

/** What travels on the imported link, with what of Sync 2.0's lists could not be said so. */
export function classesOfLists(sync2: Json): {
  readonly classes: LinkConfiguration['classes'];
  readonly metadataFromChild: boolean;
  readonly notes: ImportNote[];
} {
  const pull = readList(sync2, 'pull');
  const push = readList(sync2, 'push');
  const named = OURS.filter((category) => pull.on.has(category) || push.on.has(category));
  const owned = named.filter((category) => push.on.has(category) && CATEGORIES[category].flows === 'parent-to-child');
  const metadataFromChild = owned.length > 0;
  const notes = owned.map((category) =>
    changed(
      `push.classes[${category}]`,
      `the child may change the parent's ${CATEGORIES[category].title.toLowerCase()}s, as before; the draft says so with metadataFromChild: true`,
    ),
  );
  return {
    classes: Object.fromEntries(named.map((category) => [category, { pull: pull.on.has(category), push: push.on.has(category) }])),
    metadataFromChild,
    notes: [...pull.notes, ...push.notes, ...notes, ...(pull.on.has('person') ? [PERSONS] : [])],
  };
}

const PERSONS = changed(
  'pull.classes[person]',
  'a person who is no patient is pulled where something refers to that person, and not everywhere; persons: everyone says otherwise',
);

interface ClassList {
  readonly on: ReadonlySet<string>;
  readonly notes: readonly ImportNote[];
}

function readList(sync2: Json, direction: Direction): ClassList {
  const block = objectOf(sync2[direction]);
  const entries = objectsOf(block['classes']);
  const named = entries.filter((entry) => isOn(entry['enabled'])).map((entry) => textOf(entry['category']));
  const enabled = new Set(named.map((category) => LEADS_TO[category] ?? category));
  const runs = isOn(block['enabled']);
  const notes = [
    ...unknownKeys(block, ['enabled', 'schedule', 'classes'], direction),
    ...entries.flatMap((entry) =>
      unknownKeys(entry, ['classTitle', 'category', 'openMrsClass', 'enabled', 'preferredClient'], `${direction}.classes[${textOf(entry['category'])}]`),
    ),
    ...scheduleNotes(block, direction, runs),
    ...(runs ? [...partNotes(enabled, direction), ...foreignNotes(enabled, direction), ...clientNotes(entries, direction)] : []),
  ];
  return { on: runs ? enabled : new Set(), notes };
}

function scheduleNotes(block: Json, direction: Direction, runs: boolean): ImportNote[] {
  if (!runs) return [changed(`${direction}.enabled`, `the ${direction} was not scheduled, so every class of it is off; switch on what shall travel`)];
  return block['schedule'] === undefined ? [] : [changed(`${direction}.schedule`, 'feeds are followed all the time; feed.pollSeconds says how often')];
}

function partNotes(enabled: ReadonlySet<string>, direction: Direction): ImportNote[] {
  return Object.entries(PART_OF).flatMap(([part, owners]) => {
    const owner = owners.filter((category) => enabled.has(category));
    if (enabled.has(part) && owner.length === 0) return [lost(`${direction}.classes[${part}]`, `travels only with its ${owners.join(' or ')}, which is off`)];
    return !enabled.has(part) && owner.length > 0 ? [changed(`${direction}.classes[${part}]`, `was off, and now travels with its ${owner.join(' and ')}`)] : [];
  });
}

function foreignNotes(enabled: ReadonlySet<string>, direction: Direction): ImportNote[] {
  return [...enabled]
    .filter((category) => !(OURS as readonly string[]).includes(category) && PART_OF[category] === undefined)
    .map((category) =>
      lost(
        `${direction}.classes[${category}]`,
        category === 'audit_message' ? 'the audit is kept by Sync Hub itself' : (NEVER_BY_IMPORT[category] ?? 'is not carried yet'),
      ),
    );
}

const clientNotes = (entries: readonly Json[], direction: Direction): ImportNote[] =>
  entries
    .filter((entry) => isOn(entry['enabled']) && textOf(entry['preferredClient']) !== '' && textOf(entry['preferredClient']) !== 'rest')
    .map((entry) => changed(`${direction}.classes[${textOf(entry['category'])}].preferredClient`, `was ${textOf(entry['preferredClient'])}; travels by rest`));
