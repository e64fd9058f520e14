import type { Mutation } from './mutation.js';

const PAIRS = 'libs/persistence/src/repositories/pair.repository.ts';
const PAIRS_SPEC = 'libs/persistence/src/repositories/pair.repository.int.spec.ts';
const PAIRING_SPEC = 'test/end-to-end/pairing.int.spec.ts';
const SAID = 'two patients whom a person says to be one';

/** Two patients are made one by a person alone, and never so that two records are mixed. */
export const PAIRING: readonly Mutation[] = [
  {
    name: 'two patients of whom one is agreed on as itself are not made one',
    invariants: [4],
    file: PAIRS,
    text: 'where aggregate = $1 and (uuid = $2 or (uuid = $3 and link = any($4))) order by link',
    instead: 'where aggregate = $1 and (uuid = $2 or (uuid = $3 and link = any($4))) and false order by link',
    red: { file: PAIRS_SPEC, test: `${SAID} are not made one where the` },
  },
  {
    name: 'a patient is one with one other alone',
    invariants: [4],
    file: PAIRS,
    text: "if (names.length > 0) return { why: 'paired-otherwise' };",
    instead: '',
    red: { file: PAIRS_SPEC, test: `${SAID} are not made one with a third` },
  },
  {
    name: 'two patients are made one while nobody has either in hand',
    invariants: [2, 8],
    file: PAIRS,
    text: "return (await this.isInHand(tx, pair, holder)) ? { why: 'busy' } : null;\n  }\n\n  private async undoHindrance",
    instead: 'return null;\n  }\n\n  private async undoHindrance',
    red: { file: PAIRS_SPEC, test: `${SAID} are not made one where` },
  },
  {
    name: 'whoever makes two patients one holds both at both ends, or neither',
    invariants: [2],
    file: PAIRS,
    text: 'await this.release(holder);\n    return false;',
    instead: 'return taken.size > 0;',
    red: { file: PAIRS_SPEC, test: `${SAID} are nobody else’s meanwhile` },
  },
  {
    name: 'a patient is not sent on by the uuid that is hers no longer',
    invariants: [2],
    file: PAIRS,
    text: 'for (const { id } of rows) await this.parts.jobs.supersede(tx, id);',
    instead: 'for (const { id } of rows.slice(0, 0)) await this.parts.jobs.supersede(tx, id);',
    red: { file: PAIRS_SPEC, test: `${SAID} go by one uuid from then on` },
  },
  {
    name: 'two patients who were merged are not parted',
    invariants: [4],
    file: PAIRS,
    text: 'select link from agreement where aggregate = $1 and uuid = $2 and link = any($3)',
    instead: 'select link from agreement where aggregate = $1 and uuid = $2 and link = any($3) and false',
    red: { file: PAIRS_SPEC, test: `${SAID} stay one` },
  },
  {
    name: 'what waited for either of two patients goes on once they are one',
    invariants: [6],
    file: PAIRS,
    text: 'waiting.push(...(await this.waiters.looksFor(tx, site, record)));',
    instead: 'waiting.push(...(await this.waiters.looksFor(tx, site, record)).slice(0, 0));',
    red: { file: PAIRING_SPEC, test: 'two servers that both held data before they met hold one patient' },
  },
  {
    name: 'two patients are made one where neither end has both',
    invariants: [4],
    file: 'libs/runtime/src/pairing/accept-pair.ts',
    text: "if ((await ends[side].presenceOf(others, options)) !== 'absent')",
    instead: "if ((await ends[side].presenceOf(others, options)) === 'gone')",
    red: { file: PAIRING_SPEC, test: 'two servers that both held data before they met are made one by no words' },
  },
  {
    name: 'a right to read is called as the platform calls it',
    invariants: [12],
    file: 'libs/openmrs/src/rest/privileges.ts',
    text: "isAtLeast(platform, '1.11.0') || NEVER_VIEW.has(privilege)",
    instead: "platform !== '' || NEVER_VIEW.has(privilege)",
    red: { file: 'libs/openmrs/src/preflight/role-for.spec.ts', test: 'the role of our account at a site calls the rights to read' },
  },
  {
    name: 'a role has nothing that the platform lacks',
    invariants: [12],
    file: 'libs/openmrs/src/rest/privileges.ts',
    text: "isAtLeast(platform, SINCE[privilege] ?? '0')",
    instead: "isAtLeast(platform, SINCE[platform] ?? '0')",
    red: { file: 'libs/openmrs/src/preflight/role-for.spec.ts', test: 'the role of our account at a site leaves out' },
  },
];
