import { userInfo } from 'node:os';
import type { Configuration } from '@sync-hub/configuration';
import { BugError, type BulkAsked, type BulkCounts, NewPolicyRule, POLICY_WORDS, type PolicyRule, type PolicyRuleDesk } from '@sync-hub/contracts';
import type { Database } from '@sync-hub/persistence';
import { bulkDeskOn, deskOn, ruleDeskOn } from '@sync-hub/runtime';
import { vaultFor } from './desk-for.js';
import { parsed } from './parsed.js';

type Say = (line: string) => void;

export const CONFLICT_RULES_USAGE = `conflict rules [--all]           what people made of decisions: always so for this field on this link; --all: those that were revoked, too
conflict rule add --link LINK --category CATEGORY --field FIELD --policy POLICY [--conflict ID]
    POLICY   ${POLICY_WORDS.join(', ')}; what is asked about already is decided within seconds
conflict rule revoke ID          it decides nothing more; what it has decided stays
conflict resolve --policy POLICY [--link LINK] [--category CATEGORY] [--field FIELD] [--apply]
    says how many open conflicts the policy would answer, and why not the others; --apply: answers them`;

const OPTIONS = {
  link: { type: 'string' },
  category: { type: 'string' },
  field: { type: 'string' },
  policy: { type: 'string' },
  conflict: { type: 'string' },
  apply: { type: 'boolean' },
  all: { type: 'boolean' },
} as const;

type Values = Partial<Record<'link' | 'category' | 'field' | 'policy' | 'conflict', string>> & { readonly apply?: boolean; readonly all?: boolean };

interface Asked {
  readonly database: Database;
  readonly configuration: Configuration;
  readonly say: Say;
}

/** Is the word after `conflict` one of these commands? */
export const isOfRules = (word: string | undefined): boolean => word === 'rules' || word === 'rule' || word === 'resolve';

/** The commands about rules, and about answering by one policy. */
export async function conflictRules(args: readonly string[], asked: Asked): Promise<number> {
  const given = parsed(args, OPTIONS);
  const [first, second, third] = given?.words ?? [];
  if (given === null) return usage(asked.say);
  const desk = ruleDeskOn(asked.database, () => asked.configuration);
  if (first === 'rules' && second === undefined) return list(desk, given.values, asked.say);
  if (first === 'rule' && second === 'add' && third === undefined) return add(desk, given.values, asked.say);
  if (first === 'rule' && second === 'revoke' && third !== undefined) return revoke(desk, third, asked.say);
  if (first === 'resolve' && second === undefined) return resolve(asked, given.values);
  return usage(asked.say);
}

function usage(say: Say): number {
  say(CONFLICT_RULES_USAGE);
  return 1;
}

const who = (): string => userInfo().username;

async function list(desk: PolicyRuleDesk, { all = false, link }: Values, say: Say): Promise<number> {
  const rules = await desk.list({ withRevoked: all, ...(link === undefined ? {} : { link }) });
  for (const rule of rules) say(ruleLine(rule));
  if (rules.length === 0) say('There are no rules.');
  return 0;
}

/** One rule, as people read it. */
export function ruleLine({ id, link, category, field, policy, madeBy, madeAt, revoked, isOverruled }: PolicyRule): string {
  const end =
    revoked === null ? (isOverruled ? '; the configuration says otherwise, and goes before it' : '') : `; revoked by ${revoked.by} on ${dayOf(revoked.at)}`;
  return `${id}  ${link}  ${category}.${field}: ${policy}, by ${madeBy} on ${dayOf(madeAt)}${end}`;
}

const dayOf = (at: string): string => at.slice(0, 10);

async function add(desk: PolicyRuleDesk, { link, category, field, policy, conflict }: Values, say: Say): Promise<number> {
  const rule = NewPolicyRule.safeParse({ link, category, field, policy, conflict });
  if (!rule.success) throw new BugError(`a rule names --link, --category, --field and --policy, one of ${POLICY_WORDS.join(', ')}`);
  const added = await desk.add(rule.data, who());
  switch (added.kind) {
    case 'added':
      say(`Rule ${added.id}: ${category}.${field} on ${link} is decided by ${policy} from now on.`);
      return 0;
    case 'there':
      say(`Rule ${added.id} says ${added.policy} of it already: revoke that one first.`);
      return 1;
    case 'invalid':
      throw new BugError(added.problem);
  }
}

async function revoke(desk: PolicyRuleDesk, id: string, say: Say): Promise<number> {
  const isRevoked = await desk.revoke(id, who());
  say(isRevoked ? 'It decides nothing more; what it has decided stays.' : 'No rule of that id is in force.');
  return isRevoked ? 0 : 1;
}

async function resolve({ database, configuration, say }: Asked, { policy, link, category, field, apply = false }: Values): Promise<number> {
  const word = POLICY_WORDS.find((one) => one === policy);
  if (word === undefined || word === 'manual')
    throw new BugError(`by which policy? --policy with one of ${POLICY_WORDS.filter((one) => one !== 'manual').join(', ')}`);
  const vault = await vaultFor(database);
  const asked: BulkAsked = {
    policy: word,
    ...(link === undefined ? {} : { link }),
    ...(category === undefined ? {} : { category }),
    ...(field === undefined ? {} : { field }),
  };
  const watched = { progress: progressTo(say) };
  const plan = await bulkDeskOn(database, vault, deskOn(database, vault, configuration)).plan(asked, watched);
  const counts = apply ? await plan.answer(who(), watched) : plan.counts;
  for (const line of bulkLines(counts, apply)) say(line);
  return 0;
}

const SAID_EVERY = 100;
const progressTo =
  (say: Say) =>
  (done: number, of: number): void =>
    done % SAID_EVERY === 0 && done < of ? say(`... ${done} of ${of}`) : undefined;

const WHY_WORDS: Readonly<Record<string, string>> = {
  'seen-at-once': 'seen at once, or not known when',
  'two-values': 'two values',
  unreadable: 'what is kept of it cannot be opened',
};

/** What became, or would become, of the conflicts that were gone through. */
export function bulkLines({ found, answered, inPart, passedOver, taken, left }: BulkCounts, isApplied: boolean): readonly string[] {
  const unanswered = left.reduce((sum, { count }) => sum + count, 0);
  return [
    `${found} open conflicts fit. ${answered} ${isApplied ? 'are' : 'would be'} answered, ${inPart} in part, ${unanswered} not at all${passedOver === 0 ? '' : `; ${passedOver} were changed or answered meanwhile`}.`,
    ...taken.map(({ field, take, count }) => `  ${field} ${take}: ${count}`),
    ...left.map(({ why, count }) => `  not answered, ${WHY_WORDS[why] ?? why}: ${count}`),
    ...(isApplied || answered + inPart === 0 ? [] : ['Nothing was written. Say --apply to answer them so.']),
  ];
}
