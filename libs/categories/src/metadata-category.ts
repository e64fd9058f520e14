import type { Metadata } from '@sync-hub/contracts';
import type { CategorySpec } from './category-spec.js';
import { type Category, defineCategory } from './define-category.js';
import { type ListSpec, listsOn } from './list.js';
import type { Platform } from './platform.js';
import type { ScalarKind } from './scalars.js';

/** What one kind of metadata says of itself; the rest is the same for all of them. */
interface MetadataSpec
  extends Pick<
    CategorySpec,
    | 'title'
    | 'openmrsClass'
    | 'scalars'
    | 'telltale'
    | 'requires'
    | 'saidEmpty'
    | 'unfold'
    | 'unsupported'
    | 'nameIsKey'
    | 'staysInUse'
    | 'fixed'
    | 'deferrable'
    | 'cannotMake'
  > {
  readonly name: Metadata;
  /** Lists of other metadata, or of parts of its own. */
  readonly lists?: readonly ListSpec[];
  /** Set where the module publishes the class by default. */
  readonly publishedAsItComes?: true;
  /** The scalars that some platforms lack, by what the platform says of itself. */
  readonly onlyWhere?: Readonly<Record<string, (platform: Platform) => boolean>>;
}

/**
 * Metadata: a few single values, perhaps lists of other metadata, retired and never voided (webservices.rest 3.4
 * MetadataDelegatingCrudResource). The parent owns it. The module's default configuration has an entry for the visit type alone, which is
 * switched off (openmrs-module-atomfeed 1.0.13, defaultAtomfeedConfig.json): a site tells of its metadata where its own configuration has the class
 * under the category that is named here.
 */
export function metadataCategory({ name, onlyWhere = {}, lists = [], publishedAsItComes, ...own }: MetadataSpec): Category {
  const scalarsOn = (platform: Platform): readonly string[] => Object.keys(own.scalars).filter((scalar) => onlyWhere[scalar]?.(platform) ?? true);
  return defineCategory({
    ...own,
    name,
    aggregate: name,
    feeds: [name],
    ...(publishedAsItComes === true ? {} : { publishedWhereConfigured: true as const }),
    flows: 'parent-to-child',
    resource: name,
    owners: [{ owner: name, at: 'body' }],
    deleted: 'retired',
    toldWhenDeleted: true,
    scalarsOn,
    lists,
    representation: (platform) => {
      const scalars = scalarsOn(platform).map((scalar) => (isReference(own.scalars[scalar]) ? `${scalar}:ref` : scalar));
      return `custom:(uuid,${[...scalars, ...listsOn({ lists }, platform).map(({ name: list, asked = `${list}:ref` }) => asked)].join(',')},retired,auditInfo)`;
    },
  });
}

const isReference = (kind: ScalarKind | undefined): boolean => kind?.refersTo !== undefined || kind?.refersToMany !== undefined;
