import { Dialog } from './dialog.js';
import { useSpeech } from './language/speaking.js';

const KEYS = [
  ['j', 'keyNext'],
  ['k', 'keyPrevious'],
  ['p', 'keyParent'],
  ['c', 'keyChild'],
  ['P', 'keyAllParent'],
  ['C', 'keyAllChild'],
  ['e', 'keyEdit'],
  ['Esc', 'keyLeaveTyping'],
  ['Enter', 'keyPreview'],
  ['Ctrl+Enter', 'keyAnswer'],
  ['r', 'keyRule'],
  ['a', 'keyAssign'],
  ['u', 'keyBack'],
  ['?', 'keyHelp'],
] as const;

/** Every key, and what it does. */
export function KeysHelp({ close }: { readonly close: () => void }) {
  const { t } = useSpeech();
  return (
    <Dialog title={t.keys} close={close}>
      <p>{t.keysHelp}</p>
      <dl className="key-list">
        {KEYS.map(([key, word]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{t[word]}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
