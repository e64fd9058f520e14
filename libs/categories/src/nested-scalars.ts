import type { Fields, Scalar } from '@sync-hub/merge';
import type { Body, CategorySpec } from './category-spec.js';

type Nesting = Pick<CategorySpec, 'nested'>;

/** The key of the object in which a body holds that scalar; `undefined` for one that stands by itself. */
export const holderOf = ({ nested = {} }: Nesting, name: string): string | undefined => Object.keys(nested).find((key) => nested[key]?.includes(name));

/**
 * What a part of a body says of a scalar: `undefined` where it does not say. An object that holds several leaves out those that are empty
 * (webservices.rest CodedOrFreeTextConverter.asRepresentation).
 */
export function toldOf(spec: Nesting, part: Body, name: string): unknown {
  const key = holderOf(spec, name);
  if (key === undefined) return name in part ? (part[name] ?? null) : undefined;
  const holder = part[key] as Body | null | undefined;
  return holder === null || holder === undefined ? undefined : (holder[name] ?? null);
}

/**
 * Scalars as a request takes them, those that an object holds in it. It is sent whole, whatever of it changes: the server makes a new one of what it
 * is sent (webservices.rest ConversionUtil.convertMap). `wanted` is what the record shall be, `encode` one scalar as it is written.
 */
export function folded(
  spec: Nesting,
  flat: Readonly<Record<string, unknown>>,
  wanted: Fields,
  encode: (name: string, value: Scalar) => unknown,
): Readonly<Record<string, unknown>> {
  const single = Object.entries(flat).filter(([name]) => holderOf(spec, name) === undefined);
  const touched = new Set(Object.keys(flat).flatMap((name) => holderOf(spec, name) ?? []));
  const whole = [...touched].map((key) => {
    const members = (spec.nested?.[key] ?? []).flatMap((name) => {
      const value = wanted[name] ?? null;
      return value === null ? [] : [[name, encode(name, value)] as const];
    });
    return [key, Object.fromEntries(members)] as const;
  });
  return Object.fromEntries<unknown>([...single, ...whole]);
}
