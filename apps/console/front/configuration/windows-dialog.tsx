import { Button, TextInput } from '@carbon/react';
import type { ConfigurationEdit, ConfiguredWindow } from '@sync-hub/contracts';
import { useState } from 'react';
import { Dialog } from '../dialog.js';
import type { AskedWindows } from './quick-acts.js';
import { useConfigurationWords } from './use-configuration-words.js';
import type { ConfigurationWords } from './words/index.js';

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const NIGHT: ConfiguredWindow = { days: [], from: '20:00', to: '06:00' };
const FROM = /^([01]\d|2[0-3]):[0-5]\d$/;
const TO = /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/;

interface WindowsDialogProps {
  readonly asked: AskedWindows;
  readonly edit: (edits: readonly ConfigurationEdit[]) => void;
  readonly close: () => void;
}

/** From which hour to which, on which days; none is at any hour. */
export function WindowsDialog({ asked: { title, place, windows }, edit, close }: WindowsDialogProps) {
  const { words } = useConfigurationWords();
  const [rows, setRows] = useState(windows);
  const isFit = rows.every(({ from, to }) => FROM.test(from) && TO.test(to));
  const replace = (at: number, row: ConfiguredWindow | null): void => setRows(rows.flatMap((one, index) => (index !== at ? [one] : row === null ? [] : [row])));
  const set = (): void => {
    edit([{ ...place, value: rows.length === 0 ? null : rows.map(({ days, ...hours }) => ({ ...(days.length === 0 ? {} : { days: [...days] }), ...hours })) }]);
    close();
  };
  const act = (
    <Button size="md" disabled={!isFit} onClick={set}>
      {words.intoText}
    </Button>
  );
  return (
    <Dialog title={title} close={close} act={act}>
      <p>{words.windowsHelp}</p>
      {rows.length === 0 && <p className="empty">{words.anyHour}</p>}
      {rows.map((row, index) => (
        <OneWindow key={index} number={index + 1} row={row} set={(next) => replace(index, next)} />
      ))}
      <Button kind="tertiary" size="sm" onClick={() => setRows([...rows, NIGHT])}>
        {words.addWindow}
      </Button>
    </Dialog>
  );
}

interface OneWindowProps {
  readonly number: number;
  readonly row: ConfiguredWindow;
  readonly set: (row: ConfiguredWindow | null) => void;
}

function OneWindow({ number, row, set }: OneWindowProps) {
  const { words } = useConfigurationWords();
  const { days, from, to } = row;
  const toggle = (day: string, isOn: boolean): void => set({ ...row, days: DAYS.filter((one) => (one === day ? isOn : days.includes(one))) });
  return (
    <fieldset className="one-window">
      <legend>{words.windowOf(number)}</legend>
      <div className="filters">
        <TextInput
          id={`from-${number}`}
          size="sm"
          labelText={words.fromHour}
          value={from}
          invalid={!FROM.test(from)}
          invalidText="20:00"
          onChange={({ target }) => set({ ...row, from: target.value.trim() })}
        />
        <TextInput
          id={`to-${number}`}
          size="sm"
          labelText={words.toHour}
          value={to}
          invalid={!TO.test(to)}
          invalidText="06:00"
          onChange={({ target }) => set({ ...row, to: target.value.trim() })}
        />
        <Button kind="ghost" size="sm" onClick={() => set(null)} aria-label={`${words.removeWindow} (${number})`}>
          {words.removeWindow}
        </Button>
      </div>
      <div className="days">
        {DAYS.map((day) => (
          <label key={day}>
            <input type="checkbox" checked={days.includes(day)} onChange={({ target }) => toggle(day, target.checked)} /> {words.days[day]}
          </label>
        ))}
      </div>
      <p className="soft">{days.length === 0 ? words.everyDay : null}</p>
    </fieldset>
  );
}

/** `Mon Tue 20:00–06:00; 12:00–14:00`. */
export const windowsText = (words: ConfigurationWords, windows: readonly ConfiguredWindow[]): string =>
  windows
    .map(({ days, from, to }) => `${days.map((day) => `${words.days[day as keyof ConfigurationWords['days']] ?? day} `).join('')}${from}–${to}`)
    .join('; ');
