import type { ConfigurationProblem } from '@sync-hub/contracts';
import { useConfigurationWords } from './use-configuration-words.js';

interface TextEditorProps {
  readonly text: string;
  readonly problems: readonly ConfigurationProblem[];
  readonly write: (text: string) => void;
}

const EDITOR = 'configuration-text';

/** The text itself, with the numbers of its lines; those on which something is wrong are marked. */
export function TextEditor({ text, problems, write }: TextEditorProps) {
  const { words } = useConfigurationWords();
  const lines = text.split('\n');
  const wrong = new Set(problems.map(({ line }) => line));
  const longest = lines.reduce((most, line) => Math.max(most, line.length), 0);
  return (
    <div className="text-editor">
      <label htmlFor={EDITOR}>{words.text}</label>
      <div className="lines">
        <div className="numbers" aria-hidden="true">
          {lines.map((_, index) => (
            <span key={index} data-line={index + 1} className={wrong.has(index + 1) ? 'wrong' : ''}>
              {index + 1}
            </span>
          ))}
        </div>
        <textarea
          id={EDITOR}
          value={text}
          rows={lines.length}
          wrap="off"
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          aria-invalid={problems.length > 0}
          aria-describedby={PROBLEMS}
          style={{ inlineSize: `${longest + 4}ch` }}
          onChange={({ target }) => write(target.value)}
        />
      </div>
    </div>
  );
}

/** Where the problems are listed. */
export const PROBLEMS = 'configuration-problems';

/** Puts the cursor where a problem is. */
export function goToPlace({ line, column }: ConfigurationProblem): void {
  const editor = document.getElementById(EDITOR);
  if (!(editor instanceof HTMLTextAreaElement) || line === null) return;
  const lines = editor.value.split('\n');
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  editor.focus({ preventScroll: true });
  editor.setSelectionRange(start + (column ?? 1) - 1, start + (lines[line - 1]?.length ?? 0));
  document.querySelector(`[data-line="${line}"]`)?.scrollIntoView({ block: 'center' });
}
