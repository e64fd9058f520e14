import type { Board, BoardCategory, BoardRoute } from '@sync-hub/contracts';

/** Every kind of record that travels or is open anywhere, by name. */
export const categoriesOf = ({ links }: Pick<Board, 'links'>): readonly string[] =>
  [...new Set(links.flatMap(({ routes }) => routes.flatMap(({ carries, categories }) => [...carries, ...categories.map(({ category }) => category)])))].sort();

/** How one kind of record does on a route. */
export const onRoute = ({ categories }: Pick<BoardRoute, 'categories'>, category: string): BoardCategory =>
  categories.find((one) => one.category === category) ?? { category, open: 0, movingSince: null, held: {} };

/** The same on all routes together. */
export function onAll({ links }: Pick<Board, 'links'>, category: string): BoardCategory {
  const all = links.flatMap(({ routes }) => routes.map((route) => onRoute(route, category)));
  const times = all.flatMap(({ movingSince }) => (movingSince === null ? [] : [movingSince])).sort();
  const held: Record<string, number> = {};
  for (const one of all) for (const [why, count = 0] of Object.entries(one.held)) held[why] = (held[why] ?? 0) + count;
  return { category, open: all.reduce((sum, { open }) => sum + open, 0), movingSince: times[0] ?? null, held };
}
