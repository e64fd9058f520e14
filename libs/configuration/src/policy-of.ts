import { fieldsOf, type RecordCategory } from '@sync-hub/categories';
import { PRESENCE } from '@sync-hub/merge';
import { digestOf } from './configuration-digest.js';
import { inPolicies, pluginVersions } from './plugin-problems.js';
import type { Plugins } from './plugins.js';
import type { Policies, PolicyChoice } from './policies.schema.js';
import type { Configuration, LinkConfiguration } from './schema.js';

/** Where a policy was said. A rule that people made of a decision counts as said of a field on a link, where the configuration says nothing of that one. */
export type PolicyPlace = 'field-of-link' | 'rule' | 'category-of-link' | 'link' | 'field' | 'category' | 'everywhere' | 'nowhere';

export interface PolicyInForce {
  readonly policy: PolicyChoice;
  readonly place: PolicyPlace;
}

/** Orders are never merged by field: each is as it was made. */
export const NEVER_BY_POLICY: readonly RecordCategory[] = ['order'];

/** A field of a category of records. */
export interface FieldOfCategory {
  readonly category: RecordCategory;
  readonly field: string;
}

/**
 * What decides a conflict of that field on the link: the most specific that says anything, `manual` where nothing does. `rule` is what people made of a
 * decision for it. Whether a record is there at all is decided only by what names `presence`, and what is no field of the category (whether a person is a
 * patient) by people.
 */
export function policyInForce(
  configuration: Pick<Configuration, 'policies'>,
  link: Pick<LinkConfiguration, 'policies'>,
  { category, field }: FieldOfCategory,
  rule: PolicyChoice | null = null,
): PolicyInForce {
  if (NEVER_BY_POLICY.includes(category) || !fieldsOf(category).includes(field)) return { policy: 'manual', place: 'nowhere' };
  const ofField = (policies: Policies): PolicyChoice | undefined => policies?.fields?.[category]?.[field];
  const isPresence = field === PRESENCE;
  const said: readonly (readonly [PolicyPlace, PolicyChoice | undefined | null | false])[] = [
    ['field-of-link', ofField(link.policies)],
    ['rule', rule],
    ['category-of-link', !isPresence && link.policies?.categories?.[category]],
    ['link', !isPresence && link.policies?.default],
    ['field', ofField(configuration.policies)],
    ['category', !isPresence && configuration.policies?.categories?.[category]],
    ['everywhere', !isPresence && configuration.policies?.default],
  ];
  for (const [place, policy] of said) if (policy) return { policy, place };
  return { policy: 'manual', place: 'nowhere' };
}

/** The version of the policies of a link: another one as soon as a conflict may be decided otherwise. `null` where none says anything. */
export function policiesDigest(configuration: Pick<Configuration, 'policies'>, link: Pick<LinkConfiguration, 'policies'>, plugins: Plugins): string | null {
  const said = [configuration.policies, link.policies].filter((policies) => policies !== undefined && Object.keys(policies).length > 0);
  if (said.length === 0) return null;
  const named = [...inPolicies(configuration.policies, []), ...inPolicies(link.policies, [])];
  return digestOf({ everywhere: configuration.policies, link: link.policies, plugins: pluginVersions(named, plugins) });
}

/** The same with the rules in force on the link, by id; `null` where neither says anything. */
export const judgedBy = (policies: string | null, rules: readonly string[]): string | null =>
  policies === null && rules.length === 0 ? null : digestOf({ policies, rules });
