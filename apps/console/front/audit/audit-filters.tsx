import { Button, Select, SelectItem, TextInput } from '@carbon/react';
import type { AuditChoices } from '@sync-hub/contracts';
import { type FormEvent, useState } from 'react';
import { type AuditFilters, wrongIn } from './filters.js';
import { useAuditWords } from './use-audit-words.js';

interface FormProps {
  readonly begin: AuditFilters;
  readonly choices: AuditChoices | undefined;
  readonly search: (filters: AuditFilters) => void;
}

interface FieldProps {
  readonly name: keyof AuditFilters;
  readonly label: string;
  readonly filters: AuditFilters;
  readonly set: (name: keyof AuditFilters, value: string) => void;
}

/** What is looked for; nothing is asked before somebody says so. */
export function AuditFiltersForm({ begin, choices, search }: FormProps) {
  const { words, categoryName } = useAuditWords();
  const [filters, setFilters] = useState(begin);
  const [isTried, try_] = useState(false);
  const wrong = isTried ? wrongIn(filters) : [];
  const field = (name: keyof AuditFilters, label: string): FieldProps => ({
    name,
    label,
    filters,
    set: (of, value) => setFilters((before) => ({ ...before, [of]: value })),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    try_(true);
    if (wrongIn(filters).length === 0) search(filters);
  };
  return (
    <form className="filters" onSubmit={submit} autoComplete="off" aria-label={words.search}>
      <Typed {...field('record', words.record)} invalid={wrong.includes('record') ? words.noUuid : null} most={38} />
      <Typed {...field('patient', words.patient)} invalid={wrong.includes('patient') ? words.noUuid : null} most={38} />
      <Typed {...field('trace', words.trace)} invalid={wrong.includes('trace') ? words.noTrace : null} most={32} />
      <Chosen {...field('link', words.link)} of={choices?.links} />
      <Chosen {...field('site', words.site)} of={choices?.sites} />
      <Chosen {...field('category', words.category)} of={choices?.categories} nameOf={categoryName} />
      <Chosen {...field('outcome', words.outcome)} of={choices?.outcomes} />
      <Chosen {...field('stage', words.stage)} of={choices?.stages} />
      <Typed {...field('person', words.person)} />
      <Chosen {...field('origin', words.origin)} of={['own', ...(choices?.origins ?? [])]} nameOf={(one) => (one === 'own' ? words.here : one)} />
      <Typed {...field('since', words.since)} type="datetime-local" />
      <Typed {...field('until', words.until)} type="datetime-local" />
      <Typed {...field('text', words.text)} />
      <Button type="submit" size="sm">
        {words.search}
      </Button>
    </form>
  );
}

interface TypedProps extends FieldProps {
  readonly invalid?: string | null;
  readonly most?: number;
  readonly type?: 'text' | 'datetime-local';
}

function Typed({ name, label, filters, set, invalid = null, most = 200, type = 'text' }: TypedProps) {
  return (
    <TextInput
      id={`audit-${name}`}
      size="sm"
      type={type}
      labelText={label}
      value={filters[name]}
      maxLength={most}
      autoComplete="off"
      invalid={invalid !== null}
      invalidText={invalid}
      onChange={({ target }) => set(name, target.value)}
    />
  );
}

interface ChosenProps extends FieldProps {
  readonly of: readonly string[] | undefined;
  readonly nameOf?: (one: string) => string;
}

/** What the address names is there, though the list is not yet, or does not have it any more. */
function Chosen({ name, label, filters, set, of = [], nameOf = (one) => one }: ChosenProps) {
  const { words } = useAuditWords();
  const value = filters[name];
  const all = value === '' || of.includes(value) ? of : [...of, value];
  return (
    <Select id={`audit-${name}`} size="sm" labelText={label} value={value} onChange={({ target }) => set(name, target.value)}>
      <SelectItem value="" text={words.all} />
      {all.map((one) => (
        <SelectItem key={one} value={one} text={nameOf(one)} />
      ))}
    </Select>
  );
}
