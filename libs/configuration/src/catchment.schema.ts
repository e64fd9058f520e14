import { z } from 'zod';
import { pluginName, pluginOptions } from './plugin-uses.schema.js';
import { listOf, oneOf, section, textThat } from './section.js';

/** Parts of an OpenMRS address that a catchment can go by (openmrs-core PersonAddress). */
export const ADDRESS_FIELDS = [
  ...(['country', 'stateProvince', 'countyDistrict', 'cityVillage', 'postalCode'] as const),
  ...(['address1', 'address2', 'address3', 'address4', 'address5', 'address6', 'address7', 'address8'] as const),
  ...(['address9', 'address10', 'address11', 'address12', 'address13', 'address14', 'address15'] as const),
] as const;

const words = textThat('a few words of text', (text) => text.trim() !== '');
const uuid = textThat('a uuid, as the parent shows it', (text) => /^[A-Za-z0-9-]{36,38}$/.test(text));
const places = listOf(uuid, 'uuids of locations at the parent', 1);

const LEAVES = [
  section({ rule: z.literal('everyone') }),
  section({ rule: z.literal('address'), field: oneOf(ADDRESS_FIELDS), isOneOf: listOf(words, 'areas', 1) }),
  section({ rule: z.literal('identifier-location'), isWithin: places }),
  section({ rule: z.literal('attribute-location'), attributeType: uuid, isWithin: places }),
  section({ rule: z.literal('custom'), name: pluginName, options: pluginOptions }),
  section({ rule: z.literal('attribute'), attributeType: uuid, isOneOf: listOf(words, 'values', 1) }),
  section({ rule: z.literal('program'), isOneOf: listOf(uuid, 'uuids of programs at the parent', 1), state: oneOf(['ever', 'active']).default('ever') }),
  section({ rule: z.literal('cohort'), isOneOf: listOf(uuid, 'uuids of cohorts at the parent', 1) }),
  section({ rule: z.literal('visit-location'), isWithin: places }),
  section({ rule: z.literal('encounter-location'), isWithin: places }),
] as const;

/**
 * Which patients a child holds. What goes by a location goes by a place at the parent and all that is below it; `program`, `visit-location` and
 * `encounter-location` go by what hangs on the patient there and is not voided,
 * `cohort` by who is in it now. A rule that cannot tell lets nobody through, and neither does its opposite.
 */
export type Catchment =
  | z.infer<(typeof LEAVES)[number]>
  | { readonly rule: 'all' | 'any'; readonly of: readonly Catchment[] }
  | { readonly rule: 'not'; readonly of: Catchment };

const CATCHMENT =
  'the rule that says which patients the child holds: everyone, address, identifier-location, attribute-location, attribute, program, cohort, visit-location, encounter-location or custom, or all, any or not of such rules';

export const catchment: z.ZodType<Catchment> = z.lazy(() =>
  z.discriminatedUnion(
    'rule',
    [
      ...LEAVES,
      section({ rule: z.literal('all'), of: listOf(catchment, 'rules', 1) }),
      section({ rule: z.literal('any'), of: listOf(catchment, 'rules', 1) }),
      section({ rule: z.literal('not'), of: catchment }),
    ],
    { error: CATCHMENT },
  ),
);
