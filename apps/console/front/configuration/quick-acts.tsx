import { Button, Select, SelectItem, TextInput } from '@carbon/react';
import type { ConfigurationEdit, ConfigurationOutline, ConfiguredWindow } from '@sync-hub/contracts';
import { useState } from 'react';
import { Cell, Columns } from '../columns.js';
import { DECIDING, policyText } from '../words-of-conflict.js';
import { useConfigurationWords } from './use-configuration-words.js';
import { WindowsDialog, windowsText } from './windows-dialog.js';

type Edit = (edits: readonly ConfigurationEdit[]) => void;
type EditPlace = Pick<ConfigurationEdit, 'of' | 'id' | 'path'>;

/** Hours that somebody changes, and where they stand. */
export interface AskedWindows {
  readonly title: string;
  readonly place: EditPlace;
  readonly windows: readonly ConfiguredWindow[];
}

interface ActsProps {
  readonly outline: ConfigurationOutline;
  readonly edit: Edit;
  readonly ask: (asked: AskedWindows) => void;
}

/** What people change most, by buttons: each changes the text, and saves nothing. */
export function QuickActs({ outline, edit }: Omit<ActsProps, 'ask'>) {
  const { words } = useConfigurationWords();
  const [asked, ask] = useState<AskedWindows | null>(null);
  return (
    <details className="folded quick">
      <summary>{words.quick}</summary>
      <p className="help">{words.quickHelp}</p>
      <Links outline={outline} edit={edit} ask={ask} />
      <Sites outline={outline} edit={edit} ask={ask} />
      <Policy id="policy-of-all" label={words.policyOfAll} value={outline.policy} place={{ path: ['policies', 'default'] }} edit={edit} />
      {asked !== null && <WindowsDialog asked={asked} edit={edit} close={() => ask(null)} />}
    </details>
  );
}

function Links({ outline: { links }, edit, ask }: ActsProps) {
  const { words } = useConfigurationWords();
  return (
    <table className="cds--data-table rows">
      <Columns of={[words.link, words.mode, words.down, words.up, words.policy]} />
      <tbody>
        {links.map(({ id, mode, pull, push, policy }) => {
          const of = { of: 'links', id } as const;
          const other = mode === 'live' ? 'observe' : 'live';
          return (
            <tr key={id}>
              <Cell of={words.link}>
                <strong>{id}</strong>
              </Cell>
              <td data-column={words.mode}>
                <div className="hours">
                  {words.modes[mode]}{' '}
                  <Button kind="ghost" size="sm" onClick={() => edit([{ ...of, path: ['mode'], value: other }])} aria-label={`${words.become[other]} (${id})`}>
                    {words.become[other]}
                  </Button>
                </div>
              </td>
              <td data-column={words.down}>
                <Hours asked={{ title: `${id}: ${words.down}`, place: { ...of, path: ['schedule', 'pull'] }, windows: pull }} ask={ask} />
              </td>
              <td data-column={words.up}>
                <Hours asked={{ title: `${id}: ${words.up}`, place: { ...of, path: ['schedule', 'push'] }, windows: push }} ask={ask} />
              </td>
              <td data-column={words.policy}>
                <Policy
                  id={`policy-${id}`}
                  label={`${words.policy} (${id})`}
                  value={policy}
                  place={{ ...of, path: ['policies', 'default'] }}
                  edit={edit}
                  isHidden
                />
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Sites({ outline: { sites }, edit, ask }: ActsProps) {
  const { words } = useConfigurationWords();
  return (
    <table className="cds--data-table rows">
      <Columns of={[words.site, words.poll, words.windows]} />
      <tbody>
        {sites.map(({ id, pollSeconds, windows }) => (
          <tr key={id}>
            <Cell of={words.site}>
              <strong>{id}</strong>
            </Cell>
            <td data-column={words.poll}>
              <Poll key={pollSeconds} id={id} seconds={pollSeconds} edit={edit} />
            </td>
            <td data-column={words.windows}>
              <Hours asked={{ title: `${id}: ${words.windows}`, place: { of: 'sites', id, path: ['windows'] }, windows }} ask={ask} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Hours({ asked, ask }: { readonly asked: AskedWindows; readonly ask: (asked: AskedWindows) => void }) {
  const { words } = useConfigurationWords();
  return (
    <div className="hours">
      {asked.windows.length === 0 ? <span className="soft">{words.anyHour}</span> : windowsText(words, asked.windows)}{' '}
      <Button kind="ghost" size="sm" onClick={() => ask(asked)} aria-label={`${words.change} (${asked.title})`}>
        {words.change}
      </Button>
    </div>
  );
}

function Poll({ id, seconds, edit }: { readonly id: string; readonly seconds: number; readonly edit: Edit }) {
  const { words } = useConfigurationWords();
  const [text, setText] = useState(String(seconds));
  const isFit = /^[1-9]\d{0,4}$/.test(text) && Number(text) <= 86_400;
  const set = (): void => {
    if (isFit && Number(text) !== seconds) edit([{ of: 'sites', id, path: ['feed', 'pollSeconds'], value: Number(text) }]);
  };
  return (
    <TextInput
      id={`poll-${id}`}
      size="sm"
      hideLabel
      labelText={`${words.poll} (${id})`}
      inputMode="numeric"
      value={text}
      invalid={!isFit}
      invalidText={words.pollBetween}
      onChange={({ target }) => setText(target.value.trim())}
      onBlur={set}
      onKeyDown={({ key }) => key === 'Enter' && set()}
    />
  );
}

interface PolicyProps {
  readonly id: string;
  readonly label: string;
  readonly value: string | null;
  readonly place: EditPlace;
  readonly edit: Edit;
  readonly isHidden?: boolean;
}

const NOTHING = '';

function Policy({ id, label, value, place, edit, isHidden = false }: PolicyProps) {
  const { t, words } = useConfigurationWords();
  const offered = ['manual', ...DECIDING];
  return (
    <Select
      id={id}
      size="sm"
      labelText={label}
      hideLabel={isHidden}
      value={value ?? NOTHING}
      onChange={({ target }) => edit([{ ...place, value: target.value === NOTHING ? null : target.value }])}
    >
      <SelectItem value={NOTHING} text={words.nothingSaid} />
      {(value === null || offered.includes(value) ? offered : [value, ...offered]).map((policy) => (
        <SelectItem key={policy} value={policy} text={policyText(t, policy)} />
      ))}
    </Select>
  );
}
