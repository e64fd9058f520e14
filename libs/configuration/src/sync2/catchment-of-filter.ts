import type { Catchment } from '../catchment.schema.js';
import { changed, type ImportNote, type Json, kept, lost, needed } from './note.js';

/** The parts of the atomfeed module's address filter, in its order (atomfeed.locationFeedFilterStrategy). */
const PARTS = ['country', 'stateProvince', 'countyDistrict', 'cityVillage', 'postalCode'] as const;
const ADDRESS_FILTER = 'atomfeed.locationFeedFilterStrategy';
/** Filters encounters, visits and observations by their location, and no patients (module atomfeed-filters). */
const VISIT_FILTER = 'atomfeedFilters.LocationBasedFilterStrategy';
const PROPERTY = 'atomfeed.filter.location';

type Found = { readonly catchment: Catchment | null; readonly notes: ImportNote[] };

/**
 * The catchment that the child's filter meant, `null` where it cannot be known: then the draft has none, and is refused
 * until somebody says which patients the child holds.
 */
export function catchmentOfFilter(filter: string | undefined, feedFiles: readonly Json[]): Found {
  const beans = [...new Set(feedFiles.flatMap((file) => (Array.isArray(file['feedFilterBeans']) ? file['feedFilterBeans'].map(String) : [])))];
  const unknown = beans.filter((bean) => bean !== ADDRESS_FILTER && bean !== VISIT_FILTER);
  if (unknown.length > 0)
    return unsaid(
      unknown.map((bean) =>
        needed(
          `feedFilterBeans[${bean}]`,
          'is a filter of your own, whose code we do not have; write it as a catchment strategy (docs/plugins.md) and name it by a rule custom, or say the catchment otherwise',
        ),
      ),
    );
  const visits = beans.includes(VISIT_FILTER) ? [lost(`feedFilterBeans[${VISIT_FILTER}]`, 'filters no patients, and has no counterpart')] : [];
  if (filter !== undefined) return byPattern(filter, visits);
  if (feedFiles.length > 0 && !beans.includes(ADDRESS_FILTER)) return { catchment: { rule: 'everyone' }, notes: visits };
  return unsaid([...visits, needed(PROPERTY, 'was not given; say which patients the child holds (catchment of the link)')]);
}

const unsaid = (notes: ImportNote[]): Found => ({ catchment: null, notes });

function byPattern(filter: string, notes: ImportNote[]): Found {
  const rules = rulesOf(filter);
  if (rules === 'null')
    return unsaid([
      ...notes,
      needed(PROPERTY, 'names null, by which an empty part of an address was meant; no rule says that; say the catchment of the link yourself'),
    ]);
  if (rules === null) return unsaid([...notes, needed(PROPERTY, 'is not five parts with % between them; say the catchment of the link yourself')]);
  const [first] = rules;
  if (first === undefined)
    return { catchment: { rule: 'everyone' }, notes: [...notes, kept(PROPERTY, 'named no area: everyone is the catchment of the link')] };
  const stricter = changed(PROPERTY, 'a patient without an address was pulled everywhere, and is not pulled now');
  return {
    catchment: rules.length === 1 ? first : { rule: 'all', of: rules },
    notes: [...notes, kept(PROPERTY, 'is the catchment of the link, by rules address'), stricter],
  };
}

function rulesOf(filter: string): Catchment[] | 'null' | null {
  const parts = filter.split('%').map((part) => part.trim());
  if (parts.length !== PARTS.length || parts.includes('')) return null;
  // The atomfeed module's filter wrote an empty part of an address as this text (bean atomfeed.locationFeedFilterStrategy).
  if (parts.some((part) => part.toLowerCase() === 'null')) return 'null';
  return PARTS.flatMap((field, index) => {
    const area = parts[index];
    return area === undefined || area === '*' ? [] : [{ rule: 'address' as const, field, isOneOf: [area] }];
  });
}
