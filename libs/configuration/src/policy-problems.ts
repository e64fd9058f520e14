import { CATEGORIES, fieldsOf, type RecordCategory } from '@sync-hub/categories';
import type { NewPolicyRule } from '@sync-hub/contracts';
import { PRESENCE } from '@sync-hub/merge';
import { didYouMean } from './did-you-mean.js';
import type { Policies, PolicyChoice } from './policies.schema.js';
import { NEVER_BY_POLICY } from './policy-of.js';
import type { Path, Problem } from './problem.js';
import { linkOf } from './routes.js';
import type { Configuration } from './schema.js';

/** Policies that would say nothing: of records that no policy decides, and of what there is no newest of. */
export const policyProblems = ({ policies, links }: Pick<Configuration, 'policies' | 'links'>): Problem[] => [
  ...problemsOf(policies, ['policies']),
  ...links.flatMap((link, index) => problemsOf(link.policies, ['links', index, 'policies'])),
];

function problemsOf(policies: Policies, path: Path): Problem[] {
  const neverByPolicy = NEVER_BY_POLICY.flatMap((category): Problem[] => {
    const said = [
      ['categories', category, policies?.categories?.[category]] as const,
      ...Object.entries(policies?.fields?.[category] ?? {}).map(([field, policy]) => [`fields.${category}`, field, policy] as const),
    ];
    return said
      .filter(([, , policy]) => policy !== undefined && policy !== 'manual')
      .map(([place, key, policy]) => ({
        path: [...path, ...place.split('.'), key],
        found: foundIn(policy),
        allowed: `manual: a person decides on every ${category}, which is never merged field by field`,
        didYouMean: null,
      }));
  });
  const newestPresence = Object.entries(policies?.fields ?? {}).flatMap(([category, fields]): Problem[] =>
    fields?.[PRESENCE] === 'newest'
      ? [
          {
            path: [...path, 'fields', category, PRESENCE],
            found: 'newest',
            allowed: 'manual, parent-wins, child-wins, union (the record stays), or a plug-in: a deletion is not newer than an edit that nobody saw',
            didYouMean: null,
          },
        ]
      : [],
  );
  return [...neverByPolicy, ...newestPresence];
}

const foundIn = (policy: PolicyChoice | undefined): string => (typeof policy === 'string' ? policy : 'a plug-in');

const oneOfThese = (word: string, what: string, words: readonly string[]): string => {
  const hint = didYouMean(word, words);
  return `${JSON.stringify(word)} is no ${what}${hint === null ? '' : `; did you mean ${hint}?`} There are ${words.join(', ')}`;
};

const isCategory = (word: string): word is RecordCategory => Object.hasOwn(CATEGORIES, word);

/** Why a rule cannot be made of a decision, with what would be right; `null` where it can. */
export function ruleProblem(configuration: Configuration, { link: id, category, field, policy }: NewPolicyRule): string | null {
  const link = linkOf(configuration, id);
  if (link === null)
    return oneOfThese(
      id,
      'link of the configuration',
      configuration.links.map((one) => one.id),
    );
  if (!isCategory(category)) return oneOfThese(category, 'category', Object.keys(CATEGORIES));
  if (NEVER_BY_POLICY.includes(category)) return `a person decides on every ${category}, which is never merged field by field`;
  if (!fieldsOf(category).includes(field)) return oneOfThese(field, `field of a ${category}`, fieldsOf(category));
  if (field === PRESENCE && policy === 'newest')
    return 'a deletion is not newer than an edit that nobody saw: parent-wins, child-wins or union (the record stays)';
  const said = link.policies?.fields?.[category]?.[field];
  return said === undefined ? null : `the configuration says ${foundIn(said)} of ${field} on ${id}, and goes before every rule: change it there`;
}
