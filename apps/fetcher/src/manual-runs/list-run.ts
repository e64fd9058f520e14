import { CARE_CATEGORIES, CATEGORIES, type RecordCategory } from '@sync-hub/categories';
import type { LinkConfiguration } from '@sync-hub/configuration';
import { type NotListed, type RecordRef, SyncError, type Uuid } from '@sync-hub/contracts';
import type { CallOptions, SiteClient } from '@sync-hub/openmrs';
import type { CategoryToList, OpenManualRun } from '@sync-hub/persistence';
import { categoriesToList, categoryFor, toList } from '@sync-hub/runtime';

/** A record, and as what it is looked at. */
export type Listed = RecordRef & Pick<CategoryToList, 'category' | 'place'>;

/** What the source lists, and what it would not. */
export interface FoundAtSource {
  readonly records: readonly Listed[];
  readonly notListed: readonly NotListed[];
}

/** What was asked for by name, and all of the kinds of metadata that the source lists. Throws only where the source cannot be asked anything now. */
export async function listAtSource(
  run: OpenManualRun,
  link: LinkConfiguration,
  client: Pick<SiteClient, 'metadataOf'>,
  options: CallOptions,
): Promise<FoundAtSource> {
  const categories = categoriesToList(link, run.route.direction);
  const records: Listed[] = named(run, categories);
  const notListed: NotListed[] = [];
  for (const kind of toList(run, link).atSource) {
    const place = categoryFor(categories, kind)?.place ?? 0;
    try {
      const listed = (await client.metadataOf(kind, options)) ?? [];
      records.push(...listed.map(({ record }) => ({ ...record, category: kind, place })));
    } catch (error) {
      notListed.push({ category: kind, code: codeUnlessDown(error) });
    }
  }
  return { records, notListed };
}

/** What hangs on one patient at the source, and what of hers was ever on its way on the link. */
export async function listPatient(
  { run, link, patient }: { readonly run: OpenManualRun; readonly link: LinkConfiguration; readonly patient: Uuid },
  client: Pick<SiteClient, 'historyOf'>,
  known: readonly RecordRef[],
  options: CallOptions,
): Promise<FoundAtSource> {
  const categories = categoriesToList(link, run.route.direction).filter(({ category }) => run.scope.what !== 'category' || category === run.scope.category);
  const care = categories.map(({ category }) => category as RecordCategory).filter((category) => CARE_CATEGORIES.includes(category));
  const asListed = (records: readonly RecordRef[]): Listed[] =>
    records.flatMap((record) => {
      const as = categoryFor(categories, record.aggregate);
      return as === null ? [] : [{ ...record, category: as.category, place: as.place }];
    });
  try {
    return { records: asListed([...known, ...(await client.historyOf(patient, care, options))]), notListed: [] };
  } catch (error) {
    return { records: asListed(known), notListed: [{ category: 'patient', patient, code: codeUnlessDown(error) }] };
  }
}

function named({ scope }: OpenManualRun, categories: readonly CategoryToList[]): Listed[] {
  if (scope.what === 'records') {
    const aggregate = CATEGORIES[scope.category as RecordCategory].aggregate;
    return scope.uuids.map((uuid) => ({ aggregate, uuid, category: scope.category, place: 0 }));
  }
  if (scope.what !== 'patient') return [];
  const as = categoryFor(categories, 'person');
  return as === null ? [] : [{ aggregate: 'person', uuid: scope.patient, category: as.category, place: as.place }];
}

/** A site that is down or must rest says so by its circuit, and is asked again when it answers. */
function codeUnlessDown(error: unknown): string {
  if (!(error instanceof SyncError) || error.retry === 'when-site-is-back') throw error;
  return error.code;
}
