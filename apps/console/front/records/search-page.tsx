import { Button, TextInput } from '@carbon/react';
import type { FoundRecord } from '@sync-hub/contracts';
import { type FormEvent, useState } from 'react';
import { moveFocus, useKeys } from '../keys.js';
import { useSpeech } from '../language/speaking.js';
import { LinkHere } from '../link-here.js';
import { Permitted, useAct } from '../may.js';
import { goTo } from '../place.js';
import { Said, Trouble } from '../said.js';
import { searchRecords } from './record-api.js';
import { RECORD_WORDS } from './words.js';

const ROWS = '[data-row]';

/** Finds one record. What is typed is told to the console alone; where one is found, its page opens. */
export function SearchPage() {
  const { language } = useSpeech();
  const words = RECORD_WORDS[language];
  const [text, setText] = useState('');
  const searching = useAct('find-records', {
    mutationFn: () => searchRecords(text),
    onSuccess: (found) => {
      const [only, ...others] = found;
      if (only !== undefined && others.length === 0) goTo(`/records/${only.record.uuid}`);
    },
  });
  useKeys({ j: () => moveFocus(ROWS, 1), k: () => moveFocus(ROWS, -1) });
  const search = (event: FormEvent): void => {
    event.preventDefault();
    if (text.trim() !== '') searching.mutate();
  };
  return (
    <>
      <h1>{words.title}</h1>
      <p className="help">{words.help}</p>
      <Permitted to="find-records">
        <form className="bulk" onSubmit={search} autoComplete="off">
          <TextInput
            id="record-text"
            labelText={words.text}
            value={text}
            maxLength={200}
            autoComplete="off"
            autoFocus
            onChange={({ target }) => setText(target.value)}
          />
          <Button type="submit" size="md" disabled={searching.isPending}>
            {words.search}
          </Button>
        </form>
      </Permitted>
      {searching.error !== null && <Trouble error={searching.error} />}
      {searching.data?.length === 0 && <Said kind="info" text={words.none} />}
      {searching.data !== undefined && searching.data.length > 1 && <Found found={searching.data} />}
    </>
  );
}

function Found({ found }: { readonly found: readonly FoundRecord[] }) {
  const { language, categoryName } = useSpeech();
  return (
    <>
      <p>{RECORD_WORDS[language].several(found.length)}</p>
      <ul className="history">
        {found.map(({ record }) => (
          <li key={record.uuid}>
            <LinkHere to={`/records/${record.uuid}`} row>
              {categoryName(record.aggregate)} <code>{record.uuid}</code>
            </LinkHere>
          </li>
        ))}
      </ul>
    </>
  );
}
