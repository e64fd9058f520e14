import { CATEGORIES, type RecordCategory } from '@sync-hub/categories';
import type { Direction } from '@sync-hub/contracts';
import { PARTS_OF_RECORDS } from '../parts-of-records.js';
import type { LinkConfiguration } from '../schema.js';
import { changed, type ImportNote, isOn, type Json, kept, keptOf, lost, objectOf, objectsOf, textOf, unknownKeys, unusedKeys } from './note.js';

/** Sync 2.0's own configuration has some of these on. What accounts may do, programs without their workflows and forms without their fields travel only where a person says so here. */
const NEVER_BY_IMPORT: Readonly<Record<string, string>> = {
  privilege: 'says what accounts may do, and is not switched on by an import; switch it on by name if it shall travel',
  role: 'says what accounts may do, and is not switched on by an import; switch it on by name if it shall travel',
  user: 'changes who may log in at the clinics and what they may do, and is not switched on by an import; switch it on by name if it shall travel',
  form: 'travels without its fields and files, and is not switched on by an import; switch it on by name if it shall travel',
  program: 'travels without its workflows, and is not switched on by an import; switch it on by name if it shall travel',
};
const OURS = (Object.keys(CATEGORIES) as RecordCategory[]).filter((category) => NEVER_BY_IMPORT[category] === undefined);
/** Categories that are kinds of another one here. */
const LEADS_TO: Readonly<Record<string, RecordCategory>> = { drug_order: 'order', test_order: 'order' };

/** Categories that are part of another record here. */
const PART_OF: readonly (readonly [string, readonly RecordCategory[]])[] = Object.entries(PARTS_OF_RECORDS).flatMap(([part, { by }]) =>
  by.length === 0 || LEADS_TO[part] !== undefined ? [] : [[part, by] as const],
);
/** Of which Sync 2.0 had no switch. */
const NOT_OF_SYNC2: ReadonlySet<string> = new Set(['immunization']);

/** What travels on the imported link, with what of Sync 2.0's lists could not be said so. */
export function classesOfLists(sync2: Json): {
  readonly classes: LinkConfiguration['classes'];
  readonly metadataFromChild: boolean;
  /** How often Sync 2.0 began a run, in seconds; `null` where it began none. */
  readonly everySeconds: Readonly<Record<Direction, number | null>>;
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
    everySeconds: { pull: pull.everySeconds, push: push.everySeconds },
    notes: [...pull.notes, ...push.notes, ...notes, ...(pull.on.has('person') ? [PERSONS] : [])],
  };
}

const PERSONS = changed(
  'pull.classes[person]',
  'a person who is no patient is pulled where something refers to that person, and not everywhere; persons: everyone says otherwise',
);

interface ClassList {
  readonly on: ReadonlySet<string>;
  readonly everySeconds: number | null;
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
    ...unusedKeys(`${direction}.classes`, entries, ['classTitle', 'openMrsClass'], 'said what the category is; here its name alone does'),
    ...scheduleNotes(block, direction, runs),
    ...orderNotes(entries, direction),
    ...plainNotes(entries, direction, runs),
    ...(runs ? [...partNotes(enabled, direction), ...foreignNotes(enabled, direction), ...clientNotes(entries, direction)] : []),
  ];
  return { on: runs ? enabled : new Set(), everySeconds: runs ? secondsOf(block['schedule']) : null, notes };
}

function scheduleNotes(block: Json, direction: Direction, runs: boolean): ImportNote[] {
  const whose = direction === 'pull' ? "the parent's" : "the child's";
  const given = block['schedule'] === undefined ? null : `${direction}.schedule`;
  if (!runs)
    return [
      changed(`${direction}.enabled`, `the ${direction} was not scheduled, so every class of it is off; switch on what shall travel`),
      ...(given === null ? [] : [changed(given, `is of no use while the ${direction} is off; how often ${whose} feed is read is its feed.pollSeconds`)]),
    ];
  const seconds = secondsOf(block['schedule']);
  return [
    kept(`${direction}.enabled`, 'the classes below travel'),
    ...(given === null
      ? []
      : seconds === null
        ? [changed(given, `is no number of seconds; ${whose} feed is read every 10 s (feed.pollSeconds)`)]
        : [
            changed(
              given,
              `was how often a whole run began; ${whose} feed is read so often (feed.pollSeconds: ${seconds}). That costs little: 10 brings changes within seconds`,
            ),
          ]),
  ];
}

const MOST_SECONDS = 86_400;

/** How often a feed may be read (`feed.pollSeconds`): what is longer than a day is a day. */
const secondsOf = (schedule: unknown): number | null =>
  typeof schedule === 'number' && Number.isInteger(schedule) && schedule > 0 ? Math.min(schedule, MOST_SECONDS) : null;

/** Sync 2.0 ran through the categories in the order of its list, and had to be told the right one. */
const orderNotes = (entries: readonly Json[], direction: Direction): ImportNote[] =>
  entries.length === 0
    ? []
    : [changed(`${direction}.classes`, 'their order is not needed: what a record refers to arrives before it, whatever order it was told of in')];

/** What goes on as it was. */
function plainNotes(entries: readonly Json[], direction: Direction, runs: boolean): ImportNote[] {
  const named = (some: readonly Json[]): string[] => some.map((entry) => textOf(entry['category'])).filter((category) => category !== '');
  const isClass = (entry: Json): boolean => (OURS as readonly string[]).includes(LEADS_TO[textOf(entry['category'])] ?? textOf(entry['category']));
  const on = entries.filter((entry) => isOn(entry['enabled']));
  const plain = on.filter((entry) => ['', 'rest'].includes(textOf(entry['preferredClient'])));
  return [
    ...(runs
      ? keptOf(`${direction}.classes`, named(on.filter(isClass)), `travel: ${direction}: true of their classes`)
      : keptOf(`${direction}.classes`, named(on), 'are off, as the whole direction was')),
    ...keptOf(`${direction}.classes`, named(entries.filter((entry) => !isOn(entry['enabled']))), 'were off'),
    ...(entries.some((entry) => entry['preferredClient'] !== undefined)
      ? [kept(`${direction}.classes[].preferredClient`, plain.length === on.length ? 'REST for all of them' : `REST for ${named(plain).join(', ')}`)]
      : []),
  ];
}

function partNotes(enabled: ReadonlySet<string>, direction: Direction): ImportNote[] {
  return PART_OF.flatMap(([part, owners]) => {
    const owner = owners.filter((category) => enabled.has(category));
    if (enabled.has(part) && owner.length === 0) return [lost(`${direction}.classes[${part}]`, `travels only with its ${owners.join(' or ')}, which is off`)];
    if (enabled.has(part)) return [kept(`${direction}.classes[${part}]`, `travels with its ${owner.join(' and ')}`)];
    return owner.length > 0 && !NOT_OF_SYNC2.has(part)
      ? [changed(`${direction}.classes[${part}]`, `was off, and now travels with its ${owner.join(' and ')}`)]
      : [];
  });
}

function foreignNotes(enabled: ReadonlySet<string>, direction: Direction): ImportNote[] {
  return [...enabled]
    .filter((category) => !(OURS as readonly string[]).includes(category) && !PART_OF.some(([part]) => part === category))
    .map((category) => {
      const where = `${direction}.classes[${category}]`;
      return category === 'audit_message' ? auditNote(where, direction) : lost(where, NEVER_BY_IMPORT[category] ?? 'is not carried yet');
    });
}

/** A child of Sync 2.0 shipped its audit rows to its parent, and took none of the parent's in even where pull had them on (sync2 1.6, AuditMessage push and pull). */
const auditNote = (where: string, direction: Direction): ImportNote =>
  direction === 'push'
    ? changed(where, 'is no class now: say instance.reportsTo, with the address of the instance that shall have the audit, and instance.receives there')
    : lost(where, 'takes in nothing, as before: an audit goes up and never down');

const clientNotes = (entries: readonly Json[], direction: Direction): ImportNote[] =>
  entries
    .filter((entry) => isOn(entry['enabled']) && textOf(entry['preferredClient']) !== '' && textOf(entry['preferredClient']) !== 'rest')
    .map((entry) =>
      changed(
        `${direction}.classes[${textOf(entry['category'])}].preferredClient`,
        `was ${textOf(entry['preferredClient'])}; REST does all of it and loses nothing, or fhir2 what it can where the class says client: fhir-r4`,
      ),
    );
