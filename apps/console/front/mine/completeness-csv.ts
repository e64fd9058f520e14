import type { Completeness } from '@sync-hub/contracts';

const HEAD = ['site', 'other', 'link', 'kind', 'month', 'here', 'there', 'both', 'counted_at'];

/** A line a row, for spreadsheets: ids, months and numbers, and nothing that would have to be quoted. */
export const completenessCsv = ({ site, countedAt, rows }: Completeness): string =>
  [
    HEAD,
    ...(rows ?? []).map(({ link, other, category, month, here, there, both }) => [site, other, link, category, month ?? 'all', here, there, both, countedAt]),
  ]
    .map((cells) => cells.join(','))
    .join('\r\n')
    .concat('\r\n');
