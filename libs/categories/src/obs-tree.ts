import { Uuid } from '@sync-hub/contracts';
import { z } from 'zod';
import type { Body } from './category-spec.js';
import { COMPLEX_DATATYPE, type ObsValue, ObsValueShape, obsValueOf } from './obs-value.js';
import { misfit, RefShape, readShape, typeNameOf, uuidOfRef } from './read-shape.js';
import { instant, text } from './scalars.js';

/** Groups in groups in groups are in use; a level more is asked for, so that nothing is ever left out unseen. */
const MOST_LEVELS = 5;

const ConceptShape = z.union([Uuid, z.looseObject({ uuid: Uuid, datatype: RefShape.nullish() })], { error: 'a uuid, or an object with one' });

/** One obs of the tree, as webservices.rest tells it. Its value depends on the datatype and is read by itself. */
export const ObsShape = z.looseObject({
  uuid: Uuid,
  voided: z.boolean().nullish(),
  concept: ConceptShape,
  obsDatetime: instant.shape,
  location: RefShape.nullish(),
  order: RefShape.nullish(),
  valueCodedName: RefShape.nullish(),
  ...Object.fromEntries(
    ['comment', 'valueModifier', 'accessionNumber', 'interpretation', 'status', 'formFieldNamespace', 'formFieldPath'].map((name) => [name, text.shape]),
  ),
  get groupMembers(): z.ZodType<readonly Body[] | null | undefined> {
    return z.array(ObsShape).nullish() as z.ZodType<readonly Body[] | null | undefined>;
  },
});

/** One obs by itself: what the body tells of it, the group it is in, and what it says. */
export interface FlatObs {
  readonly told: Body;
  readonly uuid: string;
  readonly concept: string;
  /** The obs it is a member of, by the uuid it has at the site. */
  readonly group: string | null;
  /** `null` for a group. */
  readonly value: ObsValue | null;
}

/** A tree of obs by itself, and apart from it those that cannot be written: bytes, and what says nothing without them. */
export interface FlatTree {
  readonly obs: readonly FlatObs[];
  readonly notCarried: readonly FlatObs[];
}

interface Place {
  readonly title: string;
  readonly path: readonly PropertyKey[];
  readonly group: string | null;
  readonly level: number;
}

/** Every live obs of these trees. Throws ContractError by the path of what cannot be read: an encounter without one of its obs would be half an encounter. */
export function flatten(trees: readonly Body[], { title, path }: Pick<Place, 'title' | 'path'>): FlatTree {
  return join(trees.map((tree, index) => flattenOne(tree, { title, path: [...path, index], group: null, level: 1 })));
}

/** The same of one tree that is a body by itself. */
export const flattenBody = (body: Body, title: string): FlatTree => flattenOne(body, { title, path: [], group: null, level: 1 });

function flattenOne(tree: Body, place: Place): FlatTree {
  if (tree['voided'] === true) return { obs: [], notCarried: [] };
  if (place.level > MOST_LEVELS) throw misfit(place.title, place.path, 'a group too deep', `at most ${MOST_LEVELS} levels of groups`);
  const { uuid, concept } = readShape(ObsShape, tree, place.title, place.path);
  const within = { title: place.title, group: uuid, level: place.level + 1 };
  const members = (tree['groupMembers'] ?? []) as readonly Body[];
  const below = join(members.map((member, index) => flattenOne(member, { ...within, path: [...place.path, 'groupMembers', index] })));
  const own = { told: tree, uuid, concept: uuidOfRef(concept), group: place.group };
  const datatype = typeof concept === 'string' || !concept.datatype ? undefined : uuidOfRef(concept.datatype);
  if (isComplex(tree['value'], datatype)) return { obs: below.obs, notCarried: [{ ...own, value: null }, ...below.notCarried] };
  const value = members.length > 0 ? null : valueOf(tree, datatype, place);
  const saysNothing = value === null && below.obs.length === 0;
  return saysNothing
    ? { obs: [], notCarried: [{ ...own, value }, ...below.notCarried] }
    : { obs: [{ ...own, value }, ...below.obs], notCarried: below.notCarried };
}

function valueOf(tree: Body, datatype: string | undefined, { title, path }: Place): ObsValue | null {
  if (!('value' in tree)) throw misfit(title, [...path, 'value'], 'missing', 'a value, or null for a group');
  const value = obsValueOf(readShape(ObsValueShape, tree['value'], title, [...path, 'value']), datatype);
  if (value === 'not-told') throw misfit(title, [...path, 'concept', 'datatype'], 'missing', 'the datatype, without which text can mean a day as well');
  if (value === 'unreadable') throw misfit(title, [...path, 'value'], typeNameOf(tree['value']), 'a day, a time or a moment, as the datatype says');
  return value;
}

/** webservices.rest tells of bytes as a link to them (ObsResource1_8.getValue). */
function isComplex(value: unknown, datatype: string | undefined): boolean {
  if (datatype === COMPLEX_DATATYPE) return true;
  return value !== null && typeof value === 'object' && !Array.isArray(value) && !('uuid' in value) && (value as Body)['display'] === 'raw file';
}

const join = (trees: readonly FlatTree[]): FlatTree => ({
  obs: trees.flatMap(({ obs }) => obs),
  notCarried: trees.flatMap(({ notCarried }) => notCarried),
});
