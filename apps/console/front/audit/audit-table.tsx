import type { AuditLine } from '@sync-hub/contracts';
import { useState } from 'react';
import { Cell, Columns } from '../columns.js';
import { LineFields } from './line-fields.js';
import { useAuditWords } from './use-audit-words.js';

export const keyOf = ({ origin, id }: Pick<AuditLine, 'origin' | 'id'>): string => `${origin === null ? 'own' : 'received'}-${id}`;

/** A line a row; one that is opened has all of its fields below it. */
export function AuditTable({ lines }: { readonly lines: readonly AuditLine[] }) {
  const { words } = useAuditWords();
  const columns = [words.when, words.what, words.where, words.about, words.became, words.who];
  return (
    <table className="cds--data-table rows">
      <Columns of={columns} />
      <tbody>
        {lines.map((line) => (
          <Row key={keyOf(line)} line={line} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ line }: { readonly line: AuditLine }) {
  const { words } = useAuditWords();
  const [isOpen, open] = useState(false);
  return (
    <>
      <tr>
        <Cells line={line} isOpen={isOpen} open={() => open(!isOpen)} />
      </tr>
      {isOpen && (
        <tr className="opened">
          <td colSpan={6} data-column={words.open(line.id)}>
            <LineFields line={line} />
          </td>
        </tr>
      )}
    </>
  );
}

function Cells({ line, isOpen, open }: { readonly line: AuditLine; readonly isOpen: boolean; readonly open: () => void }) {
  const { words, moment, categoryName, saidText } = useAuditWords();
  const { recordedAt, origin, site, link, aggregate, uuid, outcome, reason, details } = line;
  return (
    <>
      <Cell of={words.when}>
        <button type="button" className="cds--link whole-row" data-row aria-expanded={isOpen} title={words.open(line.id)} onClick={open}>
          <time dateTime={recordedAt}>{moment(recordedAt)}</time>
        </button>
      </Cell>
      <Cell of={words.what}>{saidText(line)}</Cell>
      <Cell of={words.where}>{[site, ...(link === null || link === site ? [] : [`(${link})`]), ...(origin === null ? [] : [`← ${origin}`])].join(' ')}</Cell>
      <Cell of={words.about}>
        {uuid === null ? (
          textOf(details['account'])
        ) : (
          <>
            {categoryName(aggregate ?? '')} <code>{uuid.slice(0, 8)}</code>
          </>
        )}
      </Cell>
      <Cell of={words.became}>
        {[outcome, ...(reason === outcome ? [] : [reason])]
          .filter((one) => one !== null && one !== '')
          .map((one) => (
            <code key={one}>{one} </code>
          ))}
      </Cell>
      <Cell of={words.who}>{textOf(details['by'])}</Cell>
    </>
  );
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
