import type { ReactNode } from 'react';

/** The heads of the columns of a table; an empty one stands over buttons. */
export function Columns({ of }: { readonly of: readonly string[] }) {
  return (
    <thead>
      <tr>
        {of.map((column) => (
          <th key={column} scope="col">
            {column}
          </th>
        ))}
      </tr>
    </thead>
  );
}

/** A cell of a table; on a phone, where a row is a card, with the head of its column beside it. */
export function Cell({ of, children }: { readonly of: string; readonly children: ReactNode }) {
  return (
    <td data-column={of}>
      <div>{children}</div>
    </td>
  );
}
