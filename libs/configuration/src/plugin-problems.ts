import type { Catchment } from './catchment.schema.js';
import { didYouMean } from './did-you-mean.js';
import type { PluginUse, PluginUses } from './plugin-uses.schema.js';
import type { PluginKind, Plugins } from './plugins.js';
import type { Policies } from './policies.schema.js';
import type { Path, Problem } from './problem.js';
import type { Configuration } from './schema.js';

interface Named {
  readonly kind: PluginKind;
  readonly use: PluginUse;
  readonly path: Path;
}

/** Names of plug-ins that nothing is registered under, and options that a plug-in does not take. */
export const pluginProblems = ({ links, policies }: Pick<Configuration, 'links' | 'policies'>, plugins: Plugins): Problem[] =>
  [
    ...inPolicies(policies, ['policies']),
    ...links.flatMap((link, index) => [
      ...inCatchment(link.catchment, ['links', index, 'catchment']),
      ...inUses('filter', link.filters, ['links', index, 'filters']),
      ...inUses('validator', link.validators, ['links', index, 'validators']),
      ...inPolicies(link.policies, ['links', index, 'policies']),
    ]),
  ].flatMap((named) => problemOf(named, plugins));

/** The named plug-ins of a link, as its rules are to be known by: another version of one is another rule. */
export const pluginVersions = (named: readonly Named[], plugins: Plugins): readonly string[] =>
  named.map(({ kind, use }) => `${kind} ${use.name} ${plugins.find(kind, use.name)?.version ?? ''}`);

export function inCatchment(catchment: Catchment, path: Path): Named[] {
  switch (catchment.rule) {
    case 'custom':
      return [{ kind: 'strategy', use: catchment, path }];
    case 'all':
    case 'any':
      return catchment.of.flatMap((rule, index) => inCatchment(rule, [...path, 'of', index]));
    case 'not':
      return inCatchment(catchment.of, [...path, 'of']);
    default:
      return [];
  }
}

export const inUses = (kind: PluginKind, uses: PluginUses, path: Path): Named[] =>
  Object.entries(uses ?? {}).flatMap(([category, by]) =>
    (['pull', 'push'] as const).flatMap((direction) =>
      (by?.[direction] ?? []).map((use, index): Named => ({ kind, use, path: [...path, category, direction, index] })),
    ),
  );

export function inPolicies(policies: Policies, path: Path): Named[] {
  const ofFields = Object.entries(policies?.fields ?? {}).flatMap(([category, fields]) =>
    Object.entries(fields ?? {}).map(([field, choice]) => ({ choice, path: ['fields', category, field] })),
  );
  const ofCategories = Object.entries(policies?.categories ?? {}).map(([category, choice]) => ({ choice, path: ['categories', category] }));
  return [{ choice: policies?.default, path: ['default'] }, ...ofCategories, ...ofFields].flatMap(({ choice, path: place }): Named[] =>
    typeof choice === 'object' ? [{ kind: 'policy', use: choice, path: [...path, ...place] }] : [],
  );
}

function problemOf({ kind, use, path }: Named, plugins: Plugins): Problem[] {
  const plugin = plugins.find(kind, use.name);
  if (plugin === undefined) {
    const names = plugins.names(kind);
    const allowed = names.length === 0 ? `nothing, since no ${kind} is registered (SYNC_HUB_PLUGINS)` : `a ${kind} that is registered: ${names.join(', ')}`;
    return [{ path: [...path, 'name'], found: `the text ${JSON.stringify(use.name)}`, allowed, didYouMean: didYouMean(use.name, names) }];
  }
  const wrong = whatIsWrong(plugin.does, use);
  return wrong === null ? [] : [{ path: [...path, 'options'], found: 'options', allowed: wrong, didYouMean: null }];
}

function whatIsWrong(does: { problemOf?(options: PluginUse['options']): string | null }, { name, options }: PluginUse): string | null {
  try {
    return does.problemOf?.(options) ?? null;
  } catch {
    return `what ${name} takes; it could not read these`;
  }
}
