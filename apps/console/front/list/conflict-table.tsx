import { Tag } from '@carbon/react';
import type { ConflictSummary } from '@sync-hub/contracts';
import { Columns } from '../columns.js';
import { useSpeech } from '../language/speaking.js';
import { agoText, momentText } from '../language/times.js';
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
  const { t, language, fieldName, categoryName } = useSpeech();
  const { id, record, category, parent, child, fields, state, owner, openedAt, waitingBehind } = conflict;
  const may = useMay();
  const name = (
    <>
      {categoryName(category)} <code>{record.uuid.slice(0, 8)}</code>
    </>
  );
  return (
    <tr>
      <td data-column={t.record}>
        <div>
          {may('see-records') ? (
            <LinkHere to={placeOf(id)} className="cds--link whole-row" row>
              {name}
            </LinkHere>
          ) : (
            name
          )}
        </div>
      </td>
      <td data-column={t.between}>
        <div>
          {parent} ↔ {child}
        </div>
      </td>
      <td data-column={t.fields}>
        <div>
          {fields.map((field) => (
            <Tag key={field} size="sm" type="gray">
              {fieldName(field)}
            </Tag>
          ))}
        </div>
      </td>
      <td data-column={t.state}>
        <div>
          <StateTag state={state} />
        </div>
      </td>
      <td data-column={t.owner}>
        <div>{owner ?? <span className="soft">{t.nobody}</span>}</div>
      </td>
      <td data-column={t.since}>
        <div>
          <time dateTime={openedAt} title={momentText(openedAt, language)}>
            {agoText(openedAt, new Date(), language)}
          </time>
        </div>
      </td>
      <td data-column={t.behind}>
        <div>{waitingBehind === 0 ? <span className="soft">{t.nothingBehind}</span> : waitingBehind}</div>
      </td>
    </tr>
  );
}
