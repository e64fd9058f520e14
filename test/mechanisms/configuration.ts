import type { Mutation } from './mutation.js';

const WATCH = 'libs/runtime/src/settings-watch.ts';
const WATCH_SPEC = 'libs/runtime/src/settings-watch.spec.ts';
const SITES = 'libs/persistence/src/repositories/site.repository.ts';
const LEFT = 'libs/persistence/src/repositories/left.repository.ts';
const LEFT_SPEC = 'libs/persistence/src/repositories/left.int.spec.ts';
const SAVING = 'libs/runtime/src/configuring/configuration-saving.ts';
const DESK_SPEC = 'libs/runtime/src/configuring/hub-configuration-desk.int.spec.ts';
const BEHIND_SPEC = 'test/pipeline/behind.int.spec.ts';

/** A configuration that is changed while the hub runs. */
export const CONFIGURATION: readonly Mutation[] = [
  {
    name: 'a configuration counts once it was read twice',
    invariants: [7],
    file: WATCH,
    text: 'if (!stands || now.version === this.judged) return;',
    instead: 'if (now.version === this.judged) return;',
    red: { file: WATCH_SPEC, test: 'what watches the configuration takes what was read twice in a row' },
  },
  {
    name: 'what needs a restart is not taken without one',
    invariants: [4],
    file: WATCH,
    text: 'if (needsRestart.length > 0) return refuse(',
    instead: 'if (needsRestart.length > 99) return refuse(',
    red: { file: WATCH_SPEC, test: 'what watches the configuration refuses what needs a restart' },
  },
  {
    name: 'a configuration that was taken half-way is taken anew',
    invariants: [7],
    file: WATCH,
    text: "this.judged = '';",
    instead: 'this.judged = now.version;',
    red: { file: WATCH_SPEC, test: 'what watches the configuration begins anew what failed half-way' },
  },
  {
    name: 'a mapping that is changed is gone by at once',
    invariants: [1],
    file: 'libs/runtime/src/openmrs-site-clients.ts',
    text: 'this.books.forget();',
    instead: '',
    red: {
      file: 'test/end-to-end/changed-while-running.int.spec.ts',
      test: 'a configuration that is changed while the hub runs lets go on what waited for a mapping',
    },
  },
  {
    name: 'who goes by older mappings than another process writes nothing',
    invariants: [1],
    file: 'libs/configuration/src/admission-digest.ts',
    text: '...(mapped.length === 0 ? {} : { mapped }),',
    instead: '',
    red: { file: 'libs/configuration/src/admission-digest.spec.ts', test: 'the version of what the writes of a link go by' },
  },
  {
    name: 'who goes by older rules than another process writes nothing',
    invariants: [7, 12],
    file: 'libs/persistence/src/repositories/engine.repository.ts',
    text: "row.instance !== null && row.writes_by !== writesBy) return 'behind';",
    instead: "row.instance === '') return 'behind';",
    red: { file: BEHIND_SPEC, test: 'a process that goes by older rules than another one writes nothing on a link' },
  },
  {
    name: 'rules that change while the target is read are seen before anything is written',
    invariants: [7, 12],
    file: 'apps/pusher/src/intended-write.ts',
    text: "if ((await this.jobs.standing(round)) === 'behind') return 'behind';",
    instead: '',
    red: { file: BEHIND_SPEC, test: 'a process that goes by older rules than another one writes nothing where they changed' },
  },
  {
    name: 'nothing is looked at by new rules while any process goes by others',
    invariants: [7],
    file: 'apps/fetcher/src/look-through.service.ts',
    text: 'if (isDue && others.length > 0) continue;',
    instead: '',
    red: { file: BEHIND_SPEC, test: 'a process that goes by older rules than another one is waited for' },
  },
  {
    name: 'a site that joins waits for its queues, and for every process',
    invariants: [1],
    file: SITES,
    text: "when state = 'joining' then $4 and next_probe_at <= now() and joined_at",
    instead: "when state = 'joining' then next_probe_at <= now() and joined_at",
    red: { file: LEFT_SPEC, test: 'a site that joins is not asked before its queues are old enough' },
  },
  {
    name: 'a new login is tried at once where we were locked out',
    invariants: [9],
    file: SITES,
    text: 'when login_is_new then $4',
    instead: 'when login_is_new then $4 and next_probe_at <= now()',
    red: { file: LEFT_SPEC, test: 'a site that joins is asked at once with a new login' },
  },
  {
    name: 'what is in hand on a link that was taken out is left to whoever has it',
    invariants: [1],
    file: LEFT,
    text: 'claim.until > now()',
    instead: 'claim.until < now()',
    red: { file: LEFT_SPEC, test: 'what was taken out of the configuration has its open jobs ended' },
  },
  {
    name: 'a link that comes back brings the history of meanwhile',
    invariants: [7],
    file: LEFT,
    text: "set is_member = false, listed = '{}', changed_at",
    instead: 'set changed_at',
    red: { file: LEFT_SPEC, test: 'what was taken out of the configuration has nobody as a member' },
  },
  {
    name: 'a configuration that somebody else has changed meanwhile is not written over',
    invariants: [4],
    file: SAVING,
    text: "if (!versions.isNameOf(base, held)) return { kind: 'changed' };",
    instead: '',
    red: { file: DESK_SPEC, test: 'the configuration at the desk of administrators writes over nothing' },
  },
  {
    name: 'of two who save a configuration at once, one writes',
    invariants: [4],
    file: SAVING,
    text: "if ((await this.read()) !== held) return { kind: 'changed' };",
    instead: '',
    red: { file: DESK_SPEC, test: 'the configuration at the desk of administrators lets one of two who save at once' },
  },
  {
    name: 'a secret in the configuration is shown to nobody',
    invariants: [11],
    file: 'libs/configuration/src/editing/masked-text.ts',
    text: 'return isReference(value) ? null : value;',
    instead: 'return null;',
    red: { file: 'libs/configuration/src/editing/masked-text.spec.ts', test: 'a configuration without its secrets shows none that stands in a login' },
  },
];
