import type { Mutation } from './mutation.js';

const SHIPPED_SPEC = 'libs/persistence/src/repositories/shipped-audit.int.spec.ts';
const PIPELINE_SPEC = 'test/pipeline/shipped-audit.int.spec.ts';

/** The audit of an instance on its way to another one. */
export const AUDIT: readonly Mutation[] = [
  {
    name: 'who writes into the audit is waited for before its numbers are believed to be complete',
    invariants: [1],
    file: 'libs/persistence/src/repositories/audit.repository.ts',
    text: '  await tx.query(`select pg_advisory_xact_lock_shared($1, $2)`, AUDIT_TABLES.own.writing);\n',
    instead: '',
    red: { file: SHIPPED_SPEC, test: 'how far the audit was shipped ends where somebody still writes' },
  },
  {
    name: 'what ships the audit gives way to who writes it',
    invariants: [9],
    file: 'libs/persistence/src/repositories/audit-seal.repository.ts',
    text: 'const WAITS_MS = 200;',
    instead: 'const WAITS_MS = 0;',
    red: { file: SHIPPED_SPEC, test: 'how far the audit was shipped keeps nobody from writing for longer than a moment' },
  },
  {
    name: 'no audit row of which an answer says nothing is passed over',
    invariants: [1],
    everyRun: true,
    file: 'apps/audit-service/src/shipping/settled-by.ts',
    text: 'ids.slice(0, unsettled)',
    instead: 'ids',
    red: { file: 'apps/audit-service/src/shipping/settled-by.spec.ts', test: 'what an answer settles passes over no row' },
  },
  {
    name: 'an answer to a report is believed by its signature alone',
    invariants: [1],
    file: 'libs/runtime/src/listening/tell-instance.ts',
    text: 'whyNotTrusted(answer, secret, new Date()) !== null',
    instead: "answer.id === 'nobody'",
    red: { file: PIPELINE_SPEC, test: 'the audit of an instance is not believed to be taken by somebody else' },
  },
  {
    name: 'an audit row is taken once',
    invariants: [2],
    file: 'libs/persistence/src/repositories/received-audit.repository.ts',
    text: 'details, "saidAt", "recordedAt"\n',
    instead: 'details, "saidAt", clock_timestamp()\n',
    red: { file: PIPELINE_SPEC, test: 'the audit of an instance is taken once though its answer is lost' },
  },
  {
    name: 'an audit row that the database cannot hold keeps none of the others out',
    invariants: [9],
    file: 'libs/persistence/src/repositories/received-audit.repository.ts',
    text: '      if (!isOfTheData(error)) throw error;',
    instead: '      if (isOfTheData(error) || rows.length > 0) throw error;',
    red: {
      file: 'libs/persistence/src/repositories/received-audit.int.spec.ts',
      test: 'the audit of other instances is taken though one row among it cannot be held',
    },
  },
];
