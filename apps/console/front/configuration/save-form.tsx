import { Button, TextInput } from '@carbon/react';
import { useState } from 'react';
import { Refused } from '../desk.js';
import { Said, Trouble } from '../said.js';
import { problemText, useConfigurationWords } from './use-configuration-words.js';

interface SaveFormProps {
  readonly label: string;
  readonly disabled: boolean;
  readonly save: (why: string) => void;
}

/** Why, and the button; nothing is saved for no reason. */
export function SaveForm({ label, disabled, save }: SaveFormProps) {
  const { words } = useConfigurationWords();
  const [why, setWhy] = useState('');
  const isMissing = why.trim() === '';
  return (
    <form
      className="filters"
      onSubmit={(event) => {
        event.preventDefault();
        if (!disabled && !isMissing) save(why.trim());
      }}
    >
      <TextInput
        id="configuration-why"
        labelText={words.why}
        helperText={words.whyHelp}
        value={why}
        maxLength={500}
        onChange={({ target }) => setWhy(target.value)}
      />
      <Button type="submit" size="md" disabled={disabled || isMissing}>
        {label}
      </Button>
    </form>
  );
}

/** Why it was not saved. */
export function NotSaved({ error }: { readonly error: unknown }) {
  const { words } = useConfigurationWords();
  if (!(error instanceof Refused)) return <Trouble error={error} />;
  const { error: what, reason, problems = [] } = error.said;
  if (what === 'changed') return <Said kind="error" text={words.overtaken} />;
  if (what === 'cannot-save') return <Said kind="error" text={words.cannotSave[reason as keyof typeof words.cannotSave] ?? words.notSaved} />;
  if (what === 'invalid' && error.status === 422)
    return (
      <Said
        kind="error"
        text={words.notValid}
        more={
          <ul>
            {problems
              .flatMap((problem) => ('found' in problem ? [problemText(words, problem)] : []))
              .map((text) => (
                <li key={text}>{text}</li>
              ))}
          </ul>
        }
      />
    );
  return <Trouble error={error} />;
}
