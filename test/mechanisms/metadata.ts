import type { Mutation } from './mutation.js';

const MODES_SPEC = 'libs/configuration/src/metadata-modes.spec.ts';
const MODES_PIPELINE = 'test/pipeline/metadata-modes.int.spec.ts';
const MAPPED_SPEC = 'libs/openmrs/src/mapped-aliases.spec.ts';
const LISTED_SPEC = 'test/contract/rest-client-listed.spec.ts';
const COMPARED_FIRST = 'test/pipeline/compared-first.int.spec.ts';
const PAIRED_SPEC = 'libs/runtime/src/pair-by-search.spec.ts';
const DRIFT_SPEC = 'libs/categories/src/metadata-drift.spec.ts';

/** Metadata that is compared, mapped, and pulled where a person asks. */
export const METADATA_MUTATIONS: readonly Mutation[] = [
  {
    name: 'a kind of metadata that is only compared does not travel',
    invariants: [7],
    file: 'libs/configuration/src/admits.ts',
    text: 'if (switches[direction] === true) return ADMITTED;',
    instead: 'if (switches[direction] !== false) return ADMITTED;',
    red: { file: MODES_PIPELINE, test: 'metadata that is only compared is not written where it is' },
  },
  {
    name: 'what a person has asked for goes down and never up',
    invariants: [7],
    file: 'libs/configuration/src/admits.ts',
    text: "if (known.isAskedFor && direction === 'pull') return ADMITTED;",
    instead: 'if (known.isAskedFor) return ADMITTED;',
    red: { file: MODES_SPEC, test: 'the mode of a kind of metadata on a link does not stand in the way' },
  },
  {
    name: 'a wish for metadata is over when it has landed',
    invariants: [7],
    file: 'libs/persistence/src/repositories/job.repository.ts',
    text: "(outcome === 'pushed' || outcome === 'in-step')",
    instead: "outcome === 'discarded'",
    red: { file: MODES_PIPELINE, test: 'metadata that is only compared travels once when a person has asked for it' },
  },
  {
    name: 'what was held for metadata that was asked for is woken by its landing',
    invariants: [6],
    file: 'libs/persistence/src/repositories/metadata-pull.repository.ts',
    text: 'update waiter set aggregate = resource where',
    instead: 'update waiter set aggregate = null where',
    red: { file: MODES_PIPELINE, test: 'metadata that is only compared travels once when a person has asked for it' },
  },
  {
    name: 'mappings are one to one',
    invariants: [4],
    file: 'libs/configuration/src/mappings.ts',
    text: 'if (earlier === undefined) return [];',
    instead: 'if (earlier !== null) return [];',
    red: { file: 'libs/configuration/src/mappings.spec.ts', test: 'the mappings of a link are one to one' },
  },
  {
    name: 'what is mapped at a child is known by the uuid of its parent',
    invariants: [8],
    file: 'libs/openmrs/src/mapped-aliases.ts',
    text: 'return theirs === undefined ? own.toCanonical(aggregate, localUuid) : above.toCanonical(aggregate, theirs);',
    instead: 'return theirs === null ? localUuid : own.toCanonical(aggregate, localUuid);',
    red: { file: 'test/end-to-end/mapped-metadata.int.spec.ts', test: 'a clinic that has metadata under uuids of its own gets what is recorded' },
  },
  {
    name: 'what a child has under a uuid that is mapped is not taken for something else',
    invariants: [4],
    file: 'libs/openmrs/src/mapped-aliases.ts',
    text: 'if (!parents.has(recordKey({ ...record, uuid: local }))) return local;',
    instead: 'if (local !== null) return local;',
    red: { file: MAPPED_SPEC, test: 'mapped aliases never call two records by one uuid' },
  },
  {
    name: 'what is mapped to nothing is not made',
    invariants: [4],
    file: 'libs/openmrs/src/rest/rest-site.client.ts',
    text: "if (presence !== 'absent' || !(await this.site.aliases.isMapped(record))) return;",
    instead: "if (presence !== 'gone') return;",
    red: { file: LISTED_SPEC, test: 'a site that has metadata under uuids that a person has mapped is not made to have' },
  },
  {
    name: 'metadata that is out of use is missed where a record refers to it',
    invariants: [1],
    file: 'libs/categories/src/metadata-drift.ts',
    text: "(one.presence === 'present' || met.has(one.record.uuid));",
    instead: "one.presence === 'present';",
    red: { file: DRIFT_SPEC, test: 'metadata at two ends is let be where it is out of use' },
  },
  {
    name: 'metadata that a list leaves out is asked for by its uuid before it is said to be missing',
    invariants: [1],
    file: 'libs/runtime/src/compare-metadata.ts',
    text: 'if (takesReferences(kind, read.presence)) all.push(read);',
    instead: "if (read.presence === 'gone') all.push(read);",
    red: { file: 'libs/runtime/src/compare-metadata.spec.ts', test: 'the metadata of two ends is not missing at a site whose list leaves it out' },
  },
  {
    name: 'what a server keeps by name is one thing, whatever its uuid, to what names it',
    invariants: [1],
    file: 'libs/categories/src/metadata-drift.ts',
    text: 'text.replace(A_UUID, (word) => same.get(word) ?? word);',
    instead: 'text.replace(A_UUID, (word) => (same.has(text) ? text : word));',
    red: { file: DRIFT_SPEC, test: 'metadata at two ends that servers keep by name is one' },
  },
  {
    name: 'data waits for the first comparison',
    invariants: [6],
    file: 'libs/persistence/src/repositories/engine.repository.ts',
    text: "row.comparison === 'compared' ? 'here' : row.comparison)",
    instead: "row.comparison !== null ? 'here' : row.comparison)",
    red: { file: COMPARED_FIRST, test: 'a link whose ends were never compared writes nothing' },
  },
  {
    name: 'a comparison that fails for long keeps nothing from flowing',
    invariants: [1],
    file: 'libs/persistence/src/repositories/engine.repository.ts',
    text: 'place = asked.link and since < now()',
    instead: 'place = asked.link and since > now()',
    red: { file: COMPARED_FIRST, test: 'a link whose ends were never compared goes on without' },
  },
  {
    name: 'what both ends have under one uuid is not taken for what one lacks',
    invariants: [4],
    file: 'libs/runtime/src/pair-by-search.ts',
    text: "!== 'absent') return drift;",
    instead: "=== 'gone') return drift;",
    red: { file: PAIRED_SPEC, test: 'what one end lacks of a kind that is too many to list is missing where nothing' },
  },
  {
    name: 'of two that would be one nobody says which',
    invariants: [4],
    file: 'libs/runtime/src/pair-by-search.ts',
    text: 'one.otherUuid === pair.otherUuid).length === 1;',
    instead: 'one.otherUuid === pair.otherUuid).length >= 1;',
    red: { file: PAIRED_SPEC, test: 'what one end lacks of a kind that is too many to list is missing where two' },
  },
  {
    name: 'what a person has asked for is waited for as what travels',
    invariants: [6],
    file: 'apps/pusher/src/target-writer.ts',
    text: 'asAsked(asCarried(reference, carried), wishes)',
    instead: 'asAsked(asCarried(reference, carried), wishes.size < 0 ? wishes : new Set())',
    red: { file: MODES_PIPELINE, test: 'metadata that is only compared that names each other in a circle' },
  },
];
