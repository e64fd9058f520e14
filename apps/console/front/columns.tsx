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
