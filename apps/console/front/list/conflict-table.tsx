import { Tag } from '@carbon/react';
import type { ConflictSummary } from '@sync-hub/contracts';
import { Ago } from '../ago.js';
import { Cell, Columns } from '../columns.js';
import { useSpeech } from '../language/speaking.js';
import { LinkHere } from '../link-here.js';
import { useMay } from '../may.js';
import { placeOf } from '../place.js';
import { StateTag } from '../state-tag.js';

/** A conflict a row; on a phone a card, in which each cell says which column it is. */
export function ConflictTable({ conflicts }: { readonly conflicts: readonly ConflictSummary[] }) {
  const { t } = useSpeech();
  const columns = [t.record, t.between, t.fields, t.state, t.owner, t.since, t.behind];
  return (
    <table className="cds--data-table rows">
      <Columns of={columns} />
      <tbody>
        {conflicts.map((conflict) => (
          <ConflictRow key={conflict.id} conflict={conflict} />
        ))}
      </tbody>
    </table>
  );
}

function ConflictRow({ conflict }: { readonly conflict: ConflictSummary }) {
  const { t, fieldName, categoryName } = useSpeech();
  const { id, record, category, parent, child, fields, state, owner, openedAt, waitingBehind } = conflict;
  const may = useMay();
  const name = (
    <>
      {categoryName(category)} <code>{record.uuid.slice(0, 8)}</code>
    </>
  );
  return (
    <tr>
      <Cell of={t.record}>
        {may('see-records') ? (
          <LinkHere to={placeOf(id)} className="cds--link whole-row" row>
            {name}
          </LinkHere>
        ) : (
          name
        )}
      </Cell>
      <Cell of={t.between}>
        {parent} ↔ {child}
      </Cell>
      <Cell of={t.fields}>
        {fields.map((field) => (
          <Tag key={field} size="sm" type="gray">
            {fieldName(field)}
          </Tag>
        ))}
      </Cell>
      <Cell of={t.state}>
        <StateTag state={state} />
      </Cell>
      <Cell of={t.owner}>{owner ?? <span className="soft">{t.nobody}</span>}</Cell>
      <Cell of={t.since}>
        <Ago at={openedAt} />
      </Cell>
      <Cell of={t.behind}>{waitingBehind === 0 ? <span className="soft">{t.nothingBehind}</span> : waitingBehind}</Cell>
    </tr>
  );
}
