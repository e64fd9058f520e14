import { Module } from '@nestjs/common';
import type { CanonicalRecord } from '@sync-hub/categories';
import type { CatchmentStrategy, ConflictPolicy, CustomAnswer, FieldInConflict, PluginOptions, RecordFilter, RecordValidator } from '@sync-hub/configuration';
import { Plugin } from '@sync-hub/runtime';

/** Who lives in a village whose name begins so. */
@Plugin({ kind: 'strategy', name: 'village-begins-with', version: '1' })
export class VillageBeginsWith implements CatchmentStrategy {
  problemOf({ letters }: PluginOptions): string | null {
    return typeof letters === 'string' && letters !== '' ? null : 'letters: the first letters of the village';
  }

  has({ fields }: CanonicalRecord, { letters }: PluginOptions): boolean {
    const address = fields['preferredAddress'];
    if (typeof address !== 'string') return false;
    const { cityVillage } = JSON.parse(address) as { readonly cityVillage?: string };
    return (cityVillage ?? '').startsWith(String(letters));
  }
}

/** Visits that have ended: a clinic sends no visit before. */
@Plugin({ kind: 'filter', name: 'ended-visits', version: '1' })
export class EndedVisits implements RecordFilter {
  lets({ fields }: CanonicalRecord): boolean {
    return typeof fields['stopDatetime'] === 'string';
  }
}

/** A patient without a birthdate is sent back to whoever entered her. */
@Plugin({ kind: 'validator', name: 'has-birthdate', version: '1' })
export class HasBirthdate implements RecordValidator {
  isValid({ fields }: CanonicalRecord): boolean {
    return typeof fields['birthdate'] === 'string';
  }
}

/** Of two descriptions the one that says more. */
@Plugin({ kind: 'policy', name: 'says-more', version: '1' })
export class SaysMore implements ConflictPolicy {
  decide({ parent, child }: FieldInConflict): CustomAnswer {
    if (typeof parent !== 'string' || typeof child !== 'string' || parent.length === child.length) return 'ask';
    return parent.length > child.length ? 'parent' : 'child';
  }
}

/** What is found in a file that SYNC_HUB_PLUGINS names: a module of this name, whose providers are plug-ins. */
@Module({ providers: [VillageBeginsWith, EndedVisits, HasBirthdate, SaysMore] })
export class PluginsModule {}
