import { Select, SelectItem, TextArea, TextInput } from '@carbon/react';
import type { ConflictField } from '@sync-hub/contracts';
import { useLayoutEffect, useRef } from 'react';
import { useSpeech } from '../language/speaking.js';

interface TypedInputProps {
  readonly id: string;
  readonly field: ConflictField;
  readonly text: string;
  readonly problem: string | null;
  readonly type: (text: string) => void;
}

const INPUT_TYPES: Readonly<Record<string, string>> = { date: 'date', instant: 'datetime-local' };

/** Where a value is typed, by its kind. It takes the focus as it appears, before the next key, which replaces what stands there. */
export function TypedInput(props: TypedInputProps) {
  const { t } = useSpeech();
  const { id, field, text, problem, type } = props;
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const input = place.current?.querySelector<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>('input, textarea, select');
    input?.focus();
    if (input instanceof HTMLTextAreaElement || input?.type === 'text') (input as HTMLInputElement).select();
  }, []);
  const common = { id, labelText: t.typeValue, hideLabel: true, value: text, invalid: problem !== null, invalidText: problem ?? '' };
  return (
    <div ref={place} className="typed">
      {field.kind === 'boolean' || field.kind === 'presence' ? (
        <OneOf {...props} />
      ) : field.kind === 'text' ? (
        <TextArea {...common} rows={Math.min(6, text.split('\n').length)} spellCheck={false} onChange={({ target }) => type(target.value)} />
      ) : (
        <TextInput
          {...common}
          size="sm"
          type={INPUT_TYPES[field.kind] ?? 'text'}
          inputMode={field.kind === 'number' ? 'decimal' : undefined}
          step={field.kind === 'instant' ? 1 : undefined}
          onChange={({ target }) => type(target.value)}
        />
      )}
    </div>
  );
}

function OneOf({ id, field, text, problem, type }: TypedInputProps) {
  const { t } = useSpeech();
  const words =
    field.kind === 'presence'
      ? [
          ['present', t.present],
          ['voided', t.voided],
        ]
      : [
          ['', t.nothing],
          ['true', t.yes],
          ['false', t.no],
        ];
  return (
    <Select
      id={id}
      size="sm"
      labelText={t.typeValue}
      hideLabel
      value={text}
      invalid={problem !== null}
      invalidText={problem ?? ''}
      onChange={({ target }) => type(target.value)}
    >
      {words.map(([value = '', word = '']) => (
        <SelectItem key={value} value={value} text={word} />
      ))}
    </Select>
  );
}
