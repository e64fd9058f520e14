import { Button, Select, SelectItem } from '@carbon/react';
import type { Sync2Draft, Sync2ToImport } from '@sync-hub/contracts';
import { useState } from 'react';
import { Cell, Columns } from '../columns.js';
import { Refused } from '../desk.js';
import { useAct } from '../may.js';
import { Said, Trouble } from '../said.js';
import { importSync2 } from './configuration-api.js';
import { useConfigurationWords } from './use-configuration-words.js';

const FILES = ['sync2', 'settings', 'childFeeds', 'parentFeeds'] as const;
type Files = Partial<Record<(typeof FILES)[number], string>>;
const STARTS = ['beginning', 'now'] as const satisfies readonly Sync2ToImport['startAt'][];

/** Makes a draft of a child's Sync 2.0, and says what became of each of its settings; it is put into the editor by a person. */
export function ImportPanel({ take }: { readonly take: (text: string) => void }) {
  const { words } = useConfigurationWords();
  const [files, setFiles] = useState<Files>({});
  const [startAt, setStart] = useState<Sync2ToImport['startAt']>('beginning');
  const importing = useAct('configure', { mutationFn: importSync2 });
  const { sync2 } = files;
  return (
    <details className="folded">
      <summary>{words.importTitle}</summary>
      <p className="help">{words.importHelp}</p>
      <div className="filters">
        {FILES.map((name) => (
          <label key={name} className="file">
            {words.files[name]}
            <input
              type="file"
              accept=".json,application/json"
              onChange={({ target }) => void read(target.files?.[0], (text) => setFiles({ ...files, [name]: text }))}
            />
          </label>
        ))}
        <Select
          id="import-start"
          size="sm"
          labelText={words.startAt}
          value={startAt}
          onChange={({ target }) => setStart(STARTS.find((one) => one === target.value) ?? startAt)}
        >
          {STARTS.map((one) => (
            <SelectItem key={one} value={one} text={words.starts[one]} />
          ))}
        </Select>
        <Button
          kind="tertiary"
          size="sm"
          disabled={!importing.may || sync2 === undefined || importing.isPending}
          onClick={() => sync2 !== undefined && importing.mutate({ ...files, sync2, startAt })}
        >
          {words.importNow}
        </Button>
      </div>
      {importing.error !== null && <NotImported error={importing.error} />}
      {importing.data !== undefined && <Draft draft={importing.data} take={take} />}
    </details>
  );
}

async function read(file: File | undefined, keep: (text: string | undefined) => void): Promise<void> {
  keep(await file?.text());
}

function NotImported({ error }: { readonly error: unknown }) {
  const { words } = useConfigurationWords();
  return error instanceof Refused && error.status === 422 ? <Said kind="error" text={words.notImported} /> : <Trouble error={error} />;
}

function Draft({ draft: { text, notes }, take }: { readonly draft: Sync2Draft; readonly take: (text: string) => void }) {
  const { words } = useConfigurationWords();
  const needed = notes.filter(({ kind }) => kind === 'needed').length;
  return (
    <>
      <Said kind={needed === 0 ? 'success' : 'warning'} text={needed === 0 ? words.imported : words.importNeeds(needed)} />
      <table className="cds--data-table rows">
        <Columns of={[words.became, words.setting, words.note]} />
        <tbody>
          {notes.map(({ kind, where, what }) => (
            <tr key={`${kind} ${where} ${what}`}>
              <Cell of={words.became}>{words.noteKinds[kind as keyof typeof words.noteKinds] ?? kind}</Cell>
              <Cell of={words.setting}>
                <code>{where}</code>
              </Cell>
              <td data-column={words.note}>
                <div lang="en">{what}</div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Button kind="tertiary" size="sm" onClick={() => take(text)}>
        {words.intoEditor}
      </Button>
    </>
  );
}
