import { useSpeech } from '../language/speaking.js';
import type { Sum } from './sums.js';

interface SumTableProps {
  readonly title: string;
  readonly sums: readonly Sum[];
  readonly nameOf?: (name: string) => string;
}

/** Numbers, each with a bar beside it that only the eye needs. */
export function SumTable({ title, sums, nameOf = (name) => name }: SumTableProps) {
  const { t } = useSpeech();
  const most = Math.max(1, ...sums.flatMap(({ opened, closed }) => [opened, closed]));
  return (
    <table className="cds--data-table numbers" aria-label={title}>
      <thead>
        <tr>
          <th scope="col">{title}</th>
          <th scope="col">{t.opened}</th>
          <th scope="col">{t.closed}</th>
        </tr>
      </thead>
      <tbody>
        {sums.map(({ name, opened, closed }) => (
          <tr key={name}>
            <th scope="row">{nameOf(name)}</th>
            <td>
              <Bar count={opened} most={most} kind="opened" />
            </td>
            <td>
              <Bar count={closed} most={most} kind="closed" />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Bar({ count, most, kind }: { readonly count: number; readonly most: number; readonly kind: 'opened' | 'closed' }) {
  return (
    <span className="measured">
      <span className="number">{count}</span>
      <svg className={`bar ${kind}`} viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
        <rect width={(100 * count) / most} height="10" />
      </svg>
    </span>
  );
}
