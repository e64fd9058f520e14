import { Button, Select, SelectItem, TextInput } from '@carbon/react';
import type { AuditFilter, AuditFormat } from '@sync-hub/contracts';
import { type FormEvent, useState } from 'react';
import { Refused } from '../desk.js';
import { useAct } from '../may.js';
import { usePerson } from '../person.js';
import { Said, Trouble } from '../said.js';
import { exportAudit } from './audit-api.js';
import { filterOfDay } from './filters.js';
import { useAuditWords } from './use-audit-words.js';

const ENDS: Readonly<Record<AuditFormat, string>> = { csv: 'csv', ndjson: 'ndjson', fhir: 'fhir.ndjson' };
const FORMATS = Object.keys(ENDS) as AuditFormat[];

/** The day that is over. */
const yesterday = (): string => new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);

/** Gives it to the browser to keep. */
function keep(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  const link = Object.assign(document.createElement('a'), { href: address, download: name });
  link.click();
  // The browser has begun to take it by then.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** A day, or what is searched, as a file. */
export function ExportForm({ searched }: { readonly searched: AuditFilter }) {
  const { words } = useAuditWords();
  const person = usePerson();
  const [what, setWhat] = useState<'day' | 'searched'>('day');
  const [day, setDay] = useState(yesterday);
  const [format, setFormat] = useState<AuditFormat>('csv');
  const exporting = useAct('read-audit', {
    mutationFn: async (by: string) => {
      const name = `audit-${what === 'day' ? day : new Date().toISOString().slice(0, 16).replace(':', '')}.${ENDS[format]}`;
      keep(await exportAudit({ filter: what === 'day' ? filterOfDay(day) : searched, format }, by), name);
      return name;
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const by = person.demand();
    if (by !== null) exporting.mutate(by);
  };
  return (
    <details className="folded">
      <summary>{words.exportTitle}</summary>
      <p className="help">{words.exportHelp}</p>
      <form className="filters" onSubmit={submit} aria-label={words.exportTitle}>
        <Select
          id="export-what"
          size="sm"
          labelText={words.exportWhat}
          value={what}
          onChange={({ target }) => setWhat(target.value === 'day' ? 'day' : 'searched')}
        >
          <SelectItem value="day" text={words.exportDay} />
          <SelectItem value="searched" text={words.exportSearched} />
        </Select>
        {what === 'day' && (
          <TextInput id="export-day" size="sm" type="date" labelText={words.day} value={day} required onChange={({ target }) => setDay(target.value)} />
        )}
        <Select
          id="export-format"
          size="sm"
          labelText={words.format}
          value={format}
          onChange={({ target }) => setFormat(FORMATS.find((one) => one === target.value) ?? 'csv')}
        >
          {FORMATS.map((one) => (
            <SelectItem key={one} value={one} text={words.formats[one]} />
          ))}
        </Select>
        <Button type="submit" size="sm" disabled={exporting.isPending || !exporting.may}>
          {words.download}
        </Button>
      </form>
      {exporting.isPending && <p role="status">{words.downloading}</p>}
      {exporting.isSuccess && <Said kind="success" text={words.downloaded(exporting.data)} />}
      {exporting.error !== null && <NotExported error={exporting.error} />}
    </details>
  );
}

function NotExported({ error }: { readonly error: unknown }) {
  const { words } = useAuditWords();
  return error instanceof Refused && error.status === 0 ? <Said kind="error" text={words.brokenOff} /> : <Trouble error={error} />;
}
