import type { Mutation } from './mutation.js';

const SHIPPED_SPEC = 'libs/persistence/src/repositories/shipped-audit.int.spec.ts';
const SEAL_SPEC = 'libs/persistence/src/repositories/audit-seal.int.spec.ts';
const MONTH_SPEC = 'libs/persistence/src/repositories/audit-month.int.spec.ts';
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
  {
    name: 'what is said again after the inbox has forgotten it is written into the audit once',
    invariants: [2],
    file: 'libs/persistence/src/repositories/audit.repository.ts',
    text: 'limit 1) is null order by',
    instead: 'limit 1) is null or true order by',
    red: { file: SHIPPED_SPEC, test: 'how far the audit was shipped has what is said a second time once' },
  },
  {
    name: 'a seal is believed by its sum alone, which nobody makes without the key',
    invariants: [1],
    file: 'libs/persistence/src/repositories/audit-proof.repository.ts',
    text: 'return isSigned && BigInt',
    instead: 'return BigInt',
    red: { file: SEAL_SPEC, test: 'the seals of the audit name the first seal that somebody made anew' },
  },
  {
    name: 'a row that was put into a day afterwards is found behind its seals too',
    invariants: [1],
    file: 'libs/persistence/src/repositories/audit-proof.repository.ts',
    text: 'if (between !== null) return',
    instead: "if (between === 'never') return",
    red: { file: SEAL_SPEC, test: 'the seals of the audit name the first row that is no longer there' },
  },
  {
    name: 'the hash of a row of the audit is over the one before it',
    invariants: [1],
    everyRun: true,
    file: 'libs/persistence/src/audit-chain.ts',
    text: '    hash = sha256(hash, row.content);',
    instead: '    hash = sha256(before, row.content);',
    red: { file: 'libs/persistence/src/audit-chain.spec.ts', test: 'a chain holds' },
  },
  {
    name: 'a month of the audit stays until its last row was shipped',
    invariants: [1],
    file: 'libs/persistence/src/repositories/audit-month.repository.ts',
    text: 'if (await isShipped(tx, partOf(table, month), shippedTo)) months.push(month);',
    instead: 'if (shippedTo !== undefined) months.push(month);',
    red: { file: MONTH_SPEC, test: 'the months of the audit stay until the last row of them was shipped' },
  },
  {
    name: 'the audit is sealed up to where somebody still writes',
    invariants: [1],
    file: 'libs/persistence/src/repositories/audit-seal.repository.ts',
    text: '      await tx.query(`select pg_advisory_xact_lock($1, $2)`, writing);\n',
    instead: '',
    red: { file: SEAL_SPEC, test: 'the seals of the audit end where somebody still writes' },
  },
  {
    name: 'one seals the audit at a time',
    invariants: [2],
    file: 'libs/persistence/src/repositories/audit-seal.repository.ts',
    text: 'if (mine?.mine !== true) return null;',
    instead: 'if (mine === undefined) return null;',
    red: { file: SEAL_SPEC, test: 'the seals of the audit have each row once' },
  },
];
