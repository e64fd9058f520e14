import { Button } from '@carbon/react';
import { Said, Trouble } from '../said.js';
import { Changed, Problems } from './checked.js';
import { HistoryTable } from './history-table.js';
import { ImportPanel } from './import-panel.js';
import { QuickActs } from './quick-acts.js';
import { NotSaved, SaveForm } from './save-form.js';
import { Status } from './status.js';
import { TextEditor } from './text-editor.js';
import { useConfigurationWords } from './use-configuration-words.js';
import { type Editor, useEditor } from './use-editor.js';

/** The configuration: what is in force, what somebody makes of it, what would follow, and what was before. */
export function EditorPage() {
  const { t, words } = useConfigurationWords();
  const editor = useEditor();
  const { state, error, text, check, edit, editError, saving } = editor;
  return (
    <>
      <h1>{words.title}</h1>
      {error !== null && <Trouble error={error} />}
      {state === undefined && error === null && <p>{t.loading}</p>}
      {state !== undefined && (
        <>
          <p className="help">
            {words.help} <code>{state.file}</code>
          </p>
          <Status state={state} />
          {saving.version !== null && <Said kind="success" text={words.saved(saving.version)} />}
          {saving.error !== null && <NotSaved error={saving.error} />}
          {editError !== null && <Said kind="error" text={words.notEdited} />}
          {editor.outline !== null && <QuickActs outline={editor.outline} edit={edit} />}
          <TextEditor text={text} problems={check?.problems ?? []} write={editor.write} />
          <Marks text={text} />
          <Looked editor={editor} />
          <ImportPanel take={editor.write} />
          <HistoryTable current={state.version} />
        </>
      )}
    </>
  );
}

/** What stands for a secret says so. */
function Marks({ text }: { readonly text: string }) {
  const { words } = useConfigurationWords();
  return text.includes('(unchanged secret ') ? <Said kind="info" text={words.marks} /> : null;
}

/** What the console makes of the text as it stands, and what can be done with it. */
function Looked({ editor }: { readonly editor: Editor }) {
  const { words } = useConfigurationWords();
  const { check, checkError, isChanged, isChecked, isOvertaken, state, text } = editor;
  const isFit = isChecked && check?.problems.length === 0;
  return (
    <>
      {checkError !== null && <Trouble error={checkError} />}
      {isOvertaken && <Overtaken editor={editor} />}
      {check !== undefined && <Problems problems={check.problems} hasText />}
      {isChanged && check?.outline != null && <Changed check={check} />}
      {isChanged && state?.cannotSave === null && (
        <SaveForm label={words.save} disabled={!isFit || isOvertaken || editor.saving.isPending} save={editor.save} />
      )}
      <div className="acts">
        <Button kind="tertiary" size="sm" onClick={() => download(text)}>
          {words.download}
        </Button>
        {isChanged && (
          <Button kind="ghost" size="sm" onClick={editor.takeTheirs}>
            {words.undo}
          </Button>
        )}
      </div>
    </>
  );
}

function Overtaken({ editor }: { readonly editor: Editor }) {
  const { words } = useConfigurationWords();
  return (
    <>
      <Said kind="warning" text={words.overtaken} more={<span>{words.overtakenHelp}</span>} />
      <div className="acts">
        <Button kind="tertiary" size="sm" onClick={editor.keepMine}>
          {words.keepMine}
        </Button>
        <Button kind="tertiary" size="sm" onClick={editor.takeTheirs}>
          {words.takeTheirs}
        </Button>
      </div>
    </>
  );
}

/** For who keeps the configuration elsewhere: a repository from which a ConfigMap is made. */
function download(text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/yaml' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = text.trimStart().startsWith('{') ? 'sync-hub.json' : 'sync-hub.yml';
  link.click();
  setTimeout(() => URL.revokeObjectURL(address));
}
