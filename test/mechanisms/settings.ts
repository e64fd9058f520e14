import type { Mutation } from './mutation.js';

const SPEC = 'libs/configuration/src/settings.spec.ts';

/** Settings, of which those alone travel that a link names. */
export const SETTING_MUTATIONS: readonly Mutation[] = [
  {
    name: 'of settings those alone travel that the link names',
    invariants: [7],
    file: 'libs/configuration/src/admits.ts',
    text: "record.category === 'systemsetting' && !isSettingOf(link, record)",
    instead: "record.category === 'systemsetting' && link.settings === undefined",
    red: { file: SPEC, test: 'a setting travels where the link names it' },
  },
  {
    name: 'no setting travels that by its name holds a secret or a place',
    invariants: [11],
    file: 'libs/configuration/src/settings.ts',
    text: 'KEPT_WORDS.test(property) || KEPT_WORDS.test(inWords)',
    instead: "property === ''",
    red: { file: SPEC, test: 'a setting that holds a secret, a login or a place by its name cannot be named: mail.password' },
  },
  {
    name: 'no setting travels that names a place of its server',
    invariants: [11],
    file: 'libs/configuration/src/settings.ts',
    text: "!(typeof value === 'string' && KEPT_VALUES.test(value))",
    instead: "value !== ''",
    red: { file: SPEC, test: 'a setting stays where it is while it names a place there' },
  },
  {
    name: 'settings are read again and again',
    invariants: [1],
    file: 'apps/fetcher/src/look-at-settings.service.ts',
    text: 'if (this.looked.get(key) === stamp) return;',
    instead: 'if (this.looked.has(key)) return;',
    red: { file: 'test/pipeline/settings.int.spec.ts', test: 'settings go where a link names them' },
  },
  {
    name: 'what makes no sense is held like anything else, and no reading of it fails for ever unseen',
    invariants: [7],
    file: 'apps/fetcher/src/look-at-settings.service.ts',
    text: 'if (error instanceof ContractError) return error.code;',
    instead: '',
    red: { file: 'test/pipeline/settings.int.spec.ts', test: 'a setting that cannot be read is held' },
  },
  {
    name: 'what fails for one stops none that comes after it',
    invariants: [7],
    file: 'libs/runtime/src/each-in-turn.ts',
    text: 'failures.push(error);',
    instead: 'throw error;',
    red: { file: 'test/pipeline/cohorts.int.spec.ts', test: 'a patient whom a catchment has by a cohort' },
  },
];
