import { Button, Select, SelectItem, TextInput } from '@carbon/react';
import type { ManualRunChoice, ManualRunScope, ManualRunWish } from '@sync-hub/contracts';
import { type ReactNode, useState } from 'react';
import { Refused } from '../desk.js';
import { LinkHere } from '../link-here.js';
import { useAct } from '../may.js';
import { usePerson } from '../person.js';
import { goTo } from '../place.js';
import { Said, Trouble } from '../said.js';
import { UUID } from '../uuid.js';
import { beginManualRun } from './run-api.js';
import { routeText, useRunWords } from './use-run-words.js';

const WHATS = ['everything', 'category', 'patient'] as const;

interface Asked {
  readonly what: (typeof WHATS)[number];
  readonly category: string;
  readonly patient: string;
  readonly dry: boolean;
  /** Somebody wanted to begin with it as it stands. */
  readonly isTried: boolean;
}

const categoryOf = ({ category }: Asked, categories: readonly string[]): string => (categories.includes(category) ? category : (categories[0] ?? ''));

/** `null` where something of it is not said rightly. */
function scopeOf(asked: Asked, { categories }: ManualRunChoice): ManualRunScope | null {
  const patient = asked.patient.trim();
  if (asked.what === 'everything') return { what: 'everything' };
  if (asked.what === 'category') return { what: 'category', category: categoryOf(asked, categories) };
  return UUID.test(patient) ? { what: 'patient', patient } : null;
}

const keyOf = ({ link, direction }: ManualRunChoice): string => `${link} ${direction}`;

/** What is to be looked at on which route; goes to the run once it is begun. */
export function RunForm({ choices }: { readonly choices: readonly ManualRunChoice[] }) {
  const { words } = useRunWords();
  const [route, setRoute] = useState('');
  const chosen = choices.find((one) => keyOf(one) === route) ?? choices[0];
  if (chosen === undefined) return <p className="empty">{words.nothing}</p>;
  return (
    <Asking chosen={chosen}>
      <Select id="run-route" size="sm" labelText={words.link} value={keyOf(chosen)} onChange={({ target }) => setRoute(target.value)}>
        {choices.map((one) => (
          <SelectItem key={keyOf(one)} value={keyOf(one)} text={routeText(one)} />
        ))}
      </Select>
    </Asking>
  );
}

function Asking({ chosen, children }: { readonly chosen: ManualRunChoice; readonly children: ReactNode }) {
  const { words } = useRunWords();
  const person = usePerson();
  const [asked, setAsked] = useState<Asked>({ what: 'everything', category: '', patient: '', dry: false, isTried: false });
  const beginning = useAct('drive-work', {
    mutationFn: ({ wish, by }: { readonly wish: ManualRunWish; readonly by: string }) => beginManualRun(wish, by),
    onSuccess: ({ id }) => goTo(`/runs/${id}`),
  });
  const begin = (): void => {
    setAsked({ ...asked, isTried: true });
    const scope = scopeOf(asked, chosen);
    const by = scope === null ? null : person.demand();
    if (scope !== null && by !== null) beginning.mutate({ wish: { link: chosen.link, direction: chosen.direction, scope, dry: asked.dry }, by });
  };
  return (
    <form
      className="filters"
      onSubmit={(event) => {
        event.preventDefault();
        begin();
      }}
    >
      {children}
      <What asked={asked} chosen={chosen} ask={(changes) => setAsked({ ...asked, ...changes })} />
      <label className="choice">
        <input type="checkbox" checked={asked.dry} onChange={({ target }) => setAsked({ ...asked, dry: target.checked })} /> {words.dry}
        <span className="soft">{words.dryHelp}</span>
      </label>
      <Button type="submit" size="sm" disabled={beginning.isPending || !beginning.may}>
        {words.begin}
      </Button>
      {beginning.error !== null && <NotBegun error={beginning.error} />}
    </form>
  );
}

interface WhatProps {
  readonly asked: Asked;
  readonly chosen: ManualRunChoice;
  readonly ask: (changes: Partial<Asked>) => void;
}

function What({ asked, chosen: { categories }, ask }: WhatProps) {
  const { words, categoryName } = useRunWords();
  const whats = WHATS.filter((one) => one !== 'patient' || categories.includes('patient'));
  return (
    <>
      <Select
        id="run-what"
        size="sm"
        labelText={words.what}
        value={asked.what}
        onChange={({ target }) => ask({ what: whats.find((one) => one === target.value) ?? 'everything' })}
      >
        {whats.map((one) => (
          <SelectItem key={one} value={one} text={words[one]} />
        ))}
      </Select>
      {asked.what === 'category' && (
        <Select
          id="run-category"
          size="sm"
          labelText={words.kind}
          value={categoryOf(asked, categories)}
          onChange={({ target }) => ask({ category: target.value })}
        >
          {categories.map((one) => (
            <SelectItem key={one} value={one} text={categoryName(one)} />
          ))}
        </Select>
      )}
      {asked.what === 'patient' && (
        <TextInput
          id="run-patient"
          size="sm"
          labelText={words.patientUuid}
          helperText={words.patientUuidHelp}
          value={asked.patient}
          maxLength={40}
          autoComplete="off"
          invalid={asked.isTried && !UUID.test(asked.patient.trim())}
          invalidText={words.noUuid}
          onChange={({ target }) => ask({ patient: target.value })}
        />
      )}
    </>
  );
}

function NotBegun({ error }: { readonly error: unknown }) {
  const { words } = useRunWords();
  if (!(error instanceof Refused) || error.status !== 409) return <Trouble error={error} />;
  const { running } = error.said;
  if (running === undefined) return <Said kind="warning" text={words.refused} />;
  // Carbon's notifications take nothing that can be clicked.
  return (
    <>
      <Said kind="warning" text={words.busy} />
      <LinkHere to={`/runs/${running}`}>{words.seeIt}</LinkHere>
    </>
  );
}
