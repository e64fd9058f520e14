import { CATEGORIES } from './all-categories.js';
import type { RecordCategory } from './canonical.js';
import type { Platform } from './platform.js';

/** What is done to a record at a site. */
export const ACTIONS = ['make', 'change', 'void', 'restore'] as const;
export type Action = (typeof ACTIONS)[number];

/** Why an action is never done to records of that category at a site of that platform; `null` where it is. What is made anew instead of being changed counts as changed. */
export function whyNot(category: RecordCategory, action: Action, platform: Platform): string | null {
  const { unsupported, staysInUse, cannotRestore } = CATEGORIES[category];
  const cannotWrite = unsupported?.(platform) ?? null;
  if (cannotWrite !== null || action === 'make' || action === 'change') return cannotWrite;
  return staysInUse ?? (action === 'restore' ? (cannotRestore?.(platform) ?? null) : null);
}

/** The categories of which a site of that platform takes no record at all, with why: the module or the section that is wanting. */
export const closedOn = (platform: Platform): readonly { readonly category: RecordCategory; readonly because: string }[] =>
  Object.values(CATEGORIES).flatMap(({ name: category }) => {
    const because = whyNot(category, 'make', platform);
    return because === null ? [] : [{ category, because }];
  });
