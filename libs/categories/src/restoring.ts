import { RefusedError } from '@sync-hub/contracts';
import { PRESENCE } from '@sync-hub/merge';
import type { CategorySpec } from './category-spec.js';
import type { Platform } from './platform.js';

/**
 * Exactly this body: a string, and the only key (webservices.rest 2.25 and newer, MainResourceController.update). Before, what is retired, or voided with
 * nothing that went along, is brought back by an update of the mark itself (2.12 to 2.24 DelegatingCrudResource.update); all else says that it cannot be.
 */
export function restoring(spec: CategorySpec, platform: Platform): Record<string, unknown> {
  const reason = spec.cannotRestore?.(platform) ?? null;
  if (reason !== null) throw new RefusedError('unsupported', `a ${spec.name} cannot be brought back there: ${reason}`, { fields: [PRESENCE] });
  return spec.restoredByItsMark === true || !platform.undeletes ? { [spec.deleted]: false } : { deleted: 'false' };
}
