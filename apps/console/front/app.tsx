import { useState } from 'react';
import { ConflictPage } from './conflict/conflict-page.js';
import { Frame } from './frame.js';
import { useKeys } from './keys.js';
import { KeysHelp } from './keys-help.js';
import { useSpeech } from './language/speaking.js';
import { ListPage } from './list/list-page.js';
import { conflictIdOf, usePlace } from './place.js';
import { NotOpen } from './said.js';
import { token } from './session.js';

/** The workbench: the list, or a conflict of it; neither without the token. */
export function App() {
  const { pathname } = usePlace();
  const { t } = useSpeech();
  const [areKeysShown, showKeys] = useState(false);
  useKeys({ '?': () => showKeys(true) });
  const id = conflictIdOf(pathname);
  if (token() === '')
    return (
      <Frame>
        <NotOpen />
      </Frame>
    );
  return (
    <Frame>
      {id === null ? <ListPage /> : <ConflictPage key={id} id={id} />}
      <button type="button" className="cds--link keys" onClick={() => showKeys(true)}>
        {t.keys} (?)
      </button>
      {areKeysShown && <KeysHelp close={() => showKeys(false)} />}
    </Frame>
  );
}
