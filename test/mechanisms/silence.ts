import type { Mutation } from './mutation.js';

const LEAK_SPEC = 'libs/observability/src/leak.spec.ts';

/** No patient data where people look who are not to see it. */
export const SILENCE: readonly Mutation[] = [
  {
    name: 'only listed fields get into the log',
    invariants: [11],
    everyRun: true,
    file: 'libs/observability/src/safe-fields.ts',
    text: 'Object.hasOwn(LOG_FIELDS, key) && LOG_FIELDS[key as keyof LogFields](value)',
    instead: '!Object.hasOwn(LOG_FIELDS, key) || LOG_FIELDS[key as keyof LogFields](value)',
    red: { file: LEAK_SPEC, test: 'marked names and identifiers do not get into the log by any key' },
  },
  {
    name: 'a listed field takes only values of its look',
    invariants: [11],
    file: 'libs/observability/src/safe-fields.ts',
    text: '&& LOG_FIELDS[key as keyof LogFields](value)',
    instead: '&& value !== undefined',
    red: { file: LEAK_SPEC, test: 'marked names and identifiers do not get into the log by any key' },
  },
  {
    name: 'of another’s error only the class is told',
    invariants: [11],
    file: 'libs/contracts/src/errors.ts',
    text: "code: 'unexpected', message:",
    instead: "code: 'unexpected', message: error instanceof Error ? error.message : String(error) ||",
    red: { file: LEAK_SPEC, test: 'marked names and identifiers do not get into the log by an event' },
  },
  {
    name: 'labels of meters are constants and ids',
    invariants: [11],
    file: 'libs/observability/src/meters.ts',
    text: "(LABELS[kind](value) ? value : 'other')",
    instead: '(LABELS[kind](value) ? value : value)',
    red: { file: LEAK_SPEC, test: 'marked names and identifiers do not get into the metrics' },
  },
  {
    name: 'of a server’s answer only constant codes are told',
    invariants: [11],
    file: 'libs/openmrs/src/error-codes.ts',
    text: "typeof code === 'string' && isKnownCode(code) && code !==",
    instead: "typeof code === 'string' && code !==",
    red: { file: 'libs/openmrs/src/http-answer.spec.ts', test: 'an answer tells constant codes' },
  },
  {
    name: 'a contract that is not fit names fields and no values',
    invariants: [11],
    file: 'libs/contracts/src/message.ts',
    text: "issue.path.join('.') || '(whole)'",
    instead: "issue.path.join('.') + JSON.stringify(payload)",
    red: { file: 'test/end-to-end/bad-messages.int.spec.ts', test: 'a message that fits no contract is laid where people look' },
  },
  {
    name: 'messages carry references only',
    invariants: [11],
    file: 'libs/contracts/src/message.ts',
    text: 'publish: (payload: unknown) => parse(strict, payload),',
    instead: 'publish: (payload: unknown) => (parse(tolerant, payload), payload as Payload),',
    red: { file: 'libs/contracts/src/message.spec.ts', test: 'a message' },
  },
  {
    name: 'what a record holds is sealed',
    invariants: [11],
    file: 'libs/persistence/src/vault.ts',
    text: "const body = encrypt(dataKey, Buffer.from(JSON.stringify(value), 'utf8'), context);",
    instead: "const body = Buffer.concat([Buffer.alloc(IV_BYTES), Buffer.from(JSON.stringify(value), 'utf8'), Buffer.alloc(TAG_BYTES)]);",
    red: { file: 'libs/persistence/src/vault.spec.ts', test: 'a sealed value' },
  },
  {
    name: 'a database’s error is told without its rows',
    invariants: [11],
    file: 'libs/persistence/src/safe-database-error.ts',
    text: "return new BugError('the database refused a statement of ours', details);",
    instead: "return new BugError(['the database refused', driver['message'], driver['detail']].join(' '), details);",
    red: { file: 'libs/persistence/src/safe-database-error.spec.ts', test: 'an error of the database' },
  },
  {
    name: 'of what Nest says only the class that speaks is told',
    invariants: [11],
    file: 'libs/observability/src/nest-log.ts',
    text: 'if (thrown !== undefined && WIRING.has(thrown.constructor.name))',
    instead: 'if (thrown !== undefined)',
    red: { file: 'libs/observability/src/nest-log.spec.ts', test: 'what Nest says is passed on as the class that speaks' },
  },
];
