import { ConflictFilter } from '@sync-hub/contracts';
import type { z } from 'zod';
import { invalid } from './json-body.js';

/** Query parameters as Express reads them: each a text, or several of one name. */
export type QueryParameters = Readonly<Record<string, unknown>>;

/** Parameters of a page. */
export const NUMBERS: ReadonlySet<string> = new Set(['offset', 'limit']);

/** Which conflicts a query asks for: `states` may stand several times, or with commas. */
export const filterOfQuery = (query: QueryParameters): ConflictFilter => queryAs(ConflictFilter, query, NUMBERS, new Set(['states']));

/** What a query asks for; of `lists` each parameter may stand several times, or with commas. Throws a BadRequestException that names the parameter and what would be right. */
export function queryAs<Shape>(
  schema: z.ZodType<Shape> & { readonly shape: object },
  query: QueryParameters,
  numbers: ReadonlySet<string> = new Set(),
  lists: ReadonlySet<string> = new Set(),
): Shape {
  const valueOf = (name: string, value: unknown): unknown => {
    if (lists.has(name)) return [value].flat().flatMap((one) => String(one).split(','));
    return numbers.has(name) && typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;
  };
  const read = schema.safeParse(Object.fromEntries(Object.entries(query).map(([name, value]) => [name, valueOf(name, value)])));
  if (read.success) return read.data;
  const problems = read.error.issues.map(({ path, message, code, ...more }) => ({
    path: path.join('.') || ('keys' in more ? String(more.keys) : 'query'),
    problem: code === 'unrecognized_keys' ? `is not known; known are ${Object.keys(schema.shape).join(', ')}` : message,
  }));
  throw invalid(problems);
}
