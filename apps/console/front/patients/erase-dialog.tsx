import { Button, TextArea, TextInput } from '@carbon/react';
import type { ErasedCounts } from '@sync-hub/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Dialog } from '../dialog.js';
import { useMay } from '../may.js';
import { Trouble } from '../said.js';
import { keptOf } from './patient-api.js';
import { usePatientWords } from './use-patient-words.js';

interface EraseDialogProps {
  readonly patient: string;
  readonly does: (confirm: string, reason: string) => void;
  readonly close: () => void;
}

/** What goes, by counts; done only where her uuid was typed once more, and why was said. */
export function EraseDialog({ patient, does, close }: EraseDialogProps) {
  const { t, words } = usePatientWords();
  const may = useMay()('erase-patients');
  const { data, error } = useQuery({ queryKey: ['patient-kept', patient], queryFn: () => keptOf(patient), enabled: may, gcTime: 0 });
  const [{ confirm, reason }, setSaid] = useState({ confirm: '', reason: '' });
  const isWhole = data !== undefined && confirm.trim() === patient && reason.trim() !== '';
  const button = (
    <Button kind="danger" size="md" disabled={!isWhole} onClick={() => does(confirm.trim(), reason)}>
      {words.erase}
    </Button>
  );
  return (
    <Dialog title={words.eraseTitle} close={close} act={button}>
      <p>
        <code>{patient}</code>
      </p>
      <p>{words.eraseHelp}</p>
      {error !== null && <Trouble error={error} />}
      {data === undefined && error === null && <p>{t.loading}</p>}
      {data !== undefined && <Counts of={data} />}
      <TextInput
        id="erase-confirm"
        size="sm"
        labelText={words.eraseConfirm}
        value={confirm}
        maxLength={38}
        onChange={({ target }) => setSaid({ confirm: target.value, reason })}
      />
      <TextArea
        id="erase-reason"
        labelText={words.eraseReason}
        rows={2}
        maxLength={1000}
        value={reason}
        onChange={({ target }) => setSaid({ confirm, reason: target.value })}
      />
    </Dialog>
  );
}

export function Counts({ of }: { readonly of: ErasedCounts }) {
  const { words } = usePatientWords();
  return (
    <dl className="facts">
      {(Object.keys(words.kept) as (keyof ErasedCounts)[]).map((name) => (
        <div key={name}>
          <dt>{words.kept[name]}</dt>
          <dd>{of[name]}</dd>
        </div>
      ))}
    </dl>
  );
}
