import type { CanonicalRecord } from '@sync-hub/categories';
import type { Direction } from '@sync-hub/contracts';
import type { Catchment } from './catchment.schema.js';
import type { PluginUse, PluginUses } from './plugin-uses.schema.js';
import { answerOf, type Plugins } from './plugins.js';

/** Why a record does not travel by a filter. */
export const FILTERED = ['filtered-out', 'filter-failed'] as const;
export type Filtered = (typeof FILTERED)[number];

/**
 * The catchment with each custom rule in it answered for the patient: `everyone` where its strategy has her, the opposite where it has not. Throws where one is
 * missing, throws or does not answer, whatever the other rules would say: then nobody knows what the catchment means.
 */
export function withCustomAnswered(catchment: Catchment, patient: CanonicalRecord, plugins: Plugins): Catchment {
  switch (catchment.rule) {
    case 'custom':
      return answerOf(plugins.find('strategy', catchment.name), patient, catchment.options, 'pull') ? EVERYONE : NOBODY;
    case 'all':
    case 'any':
      return { ...catchment, of: catchment.of.map((rule) => withCustomAnswered(rule, patient, plugins)) };
    case 'not':
      return { ...catchment, of: withCustomAnswered(catchment.of, patient, plugins) };
    default:
      return catchment;
  }
}

const EVERYONE: Catchment = { rule: 'everyone' };
const NOBODY: Catchment = { rule: 'not', of: EVERYONE };

/** What the link names for records of that category in that direction. */
const usesOf = (uses: PluginUses, record: CanonicalRecord, direction: Direction): readonly PluginUse[] => uses?.[record.category]?.[direction] ?? [];

/** Why the link's filters do not let the record go; `null` where every one of them does. */
export function whyFiltered(filters: PluginUses, direction: Direction, record: CanonicalRecord, plugins: Plugins): Filtered | null {
  try {
    const lets = usesOf(filters, record, direction).every(({ name, options }) => answerOf(plugins.find('filter', name), record, options, direction));
    return lets ? null : 'filtered-out';
  } catch {
    return 'filter-failed';
  }
}

/** The first of the link's validators that finds the record unfit, or does not say that it is fit; `null` where it is. */
export function unfitBy(validators: PluginUses, direction: Direction, record: CanonicalRecord, plugins: Plugins): string | null {
  const isFit = ({ name, options }: PluginUse): boolean => {
    try {
      return answerOf(plugins.find('validator', name), record, options, direction);
    } catch {
      return false;
    }
  };
  return usesOf(validators, record, direction).find((use) => !isFit(use))?.name ?? null;
}

/** Does the link name any filter? */
export const filtersAnything = (filters: PluginUses): boolean =>
  Object.values(filters ?? {}).some((uses) => uses !== undefined && uses.pull.length + uses.push.length > 0);
