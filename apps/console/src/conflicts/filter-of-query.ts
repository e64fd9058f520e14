import { ConflictFilter } from '@sync-hub/contracts';
import { invalid } from './json-body.js';

/** Query parameters as Express reads them: each a text, or several of one name. */
export type QueryParameters = Readonly<Record<string, unknown>>;

const NUMBERS: ReadonlySet<string> = new Set(['offset', 'limit']);

/** Which conflicts a query asks for: `states` may stand several times, or with commas. Throws a BadRequestException that names the parameter and what would be right. */
export function filterOfQuery(query: QueryParameters): ConflictFilter {
  const read = ConflictFilter.safeParse(Object.fromEntries(Object.entries(query).map(([name, value]) => [name, valueOf(name, value)])));
  if (read.success) return read.data;
  const problems = read.error.issues.map(({ path, message, code, ...more }) => ({
    path: path.join('.') || ('keys' in more ? String(more.keys) : 'query'),
    problem: code === 'unrecognized_keys' ? `is not known; known are ${Object.keys(ConflictFilter.shape).join(', ')}` : message,
  }));
  throw invalid(problems);
}

function valueOf(name: string, value: unknown): unknown {
  if (name === 'states') return [value].flat().flatMap((one) => String(one).split(','));
  return NUMBERS.has(name) && typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;
}
