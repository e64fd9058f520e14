import type { Ref, Row } from './database.js';
import type { Profile } from './profile.js';
import { type Site, words } from './resource.js';
import { serverError, Validation } from './rest-error.js';
import { setting } from './settings.js';
import type { Writer } from './writer.js';

/** What core's service and validator ask of one kind of metadata. */
export interface MetadataRules {
  /** Texts that may not be blank, with the code that says so. */
  readonly needs: Readonly<Record<string, string>>;
  /** The same before core 1.11, and since. */
  readonly needsBefore1_11?: Readonly<Record<string, string>>;
  readonly needsSince1_11?: Readonly<Record<string, string>>;
  /** The same since core 2.0. */
  readonly needsSince2_0?: Readonly<Record<string, string>>;
  /** Whatever else the validator looks at. */
  readonly check?: (row: Row, errors: Validation, profile: Profile, site: Site) => void;
  /** Nobody else may say the same here. `field` is where the refusal stands; none is a refusal of the whole. */
  readonly unique?: {
    readonly by: string;
    readonly code: string;
    readonly field?: string;
    /** Whether rows out of use count too. */
    readonly evenRetired: boolean;
    /** Whether core 1.9 knows the rule, or which platforms do; otherwise since 1.11. */
    readonly always: boolean | ((profile: Profile) => boolean);
  };
  /** The setting under which nothing is saved, since core 1.11 or always. */
  readonly lock?: { readonly property: Parameters<typeof setting>[1]; readonly always: boolean };
  /** What the service sees to before anything is validated. */
  readonly before?: (writer: Writer, target: Ref) => void;
}

/** Saves a row as its rules say; the same for a retirement, which is a save too (webservices.rest MetadataDelegatingCrudResource.delete). */
export const savingBy =
  (rules: MetadataRules) =>
  (writer: Writer, target: Ref): void => {
    const { site, tx } = writer;
    const since1_11 = site.profile.typesSince1_11;
    rules.before?.(writer, target);
    const errors = new Validation();
    const needs = {
      ...rules.needs,
      ...(since1_11 ? rules.needsSince1_11 : rules.needsBefore1_11),
      ...(site.profile.validatesRelationshipTypes ? rules.needsSince2_0 : {}),
    };
    const row = tx.now(target);
    for (const [field, code] of Object.entries(needs)) if (isBlank(row, field)) errors.reject(code, field);
    rules.check?.(row, errors, site.profile, site);
    const { unique, lock } = rules;
    const isUnique = typeof unique?.always === 'function' ? unique.always(site.profile) : unique?.always === true || since1_11;
    if (unique !== undefined && isUnique && errors.clean && hasTwin(site, row, unique)) errors.reject(unique.code, unique.field);
    errors.done();
    if (lock !== undefined && (lock.always || since1_11) && setting(site, lock.property) === 'true') throw serverError('locked', LOCKED);
  };

const LOCKED = 'org.openmrs.api.APIException:0';

export const isBlank = ({ values }: Row, field: string): boolean => String(values[field] ?? '').trim() === '';

function hasTwin(site: Site, row: Row, { by, evenRetired }: NonNullable<MetadataRules['unique']>): boolean {
  const saying = ({ values }: Row): string =>
    words(by)
      .map((key) => String(values[key] ?? ''))
      .join('/');
  return site.database
    .all(row.kind)
    .some((other) => other.uuid !== row.uuid && (evenRetired || other.values['retired'] !== true) && saying(other) === saying(row));
}
