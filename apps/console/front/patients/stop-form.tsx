import { Button, TextArea } from '@carbon/react';
import type { PatientDeed, PatientStopped } from '@sync-hub/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Refused } from '../desk.js';
import { useAct } from '../may.js';
import { usePerson } from '../person.js';
import { usePlace } from '../place.js';
import { Said, Trouble } from '../said.js';
import { isPatient, LinkField, PatientField } from './fields.js';
import { PATIENTS, stopPatient } from './patient-api.js';
import { usePatientWords } from './use-patient-words.js';

const NOBODY = { patient: '', link: '', reason: '', isTried: false };

/** Whom to stop, where, and why. The address may say who. */
export function StopForm({ links }: { readonly links: readonly string[] }) {
  const { words } = usePatientWords();
  const person = usePerson();
  const client = useQueryClient();
  const asked = usePlace().searchParams.get('patient') ?? '';
  const [wish, setWish] = useState({ ...NOBODY, patient: asked });
  const { patient, link, reason, isTried } = wish;
  const stopping = useAct('drive-work', {
    mutationFn: ({ deed, by }: { readonly deed: PatientDeed; readonly by: string }) => stopPatient(deed, by),
    onSuccess: () => setWish(NOBODY),
    onSettled: () => client.invalidateQueries({ queryKey: PATIENTS }),
  });
  const stop = (event: FormEvent): void => {
    event.preventDefault();
    setWish({ ...wish, isTried: true });
    const by = isPatient(patient) && reason.trim() !== '' ? person.demand() : null;
    if (by !== null) stopping.mutate({ deed: { patient: patient.trim(), reason, ...(link === '' ? {} : { link }) }, by });
  };
  return (
    <section aria-label={words.stopTitle}>
      <h3>{words.stopTitle}</h3>
      <p className="help">{words.stopHelp}</p>
      <form className="filters" onSubmit={stop}>
        <PatientField id="stop-patient" patient={patient} isTried={isTried} set={(told) => setWish({ ...wish, patient: told })} />
        <LinkField id="stop-link" link={link} links={links} every set={(told) => setWish({ ...wish, link: told })} />
        <Why reason={reason} isTried={isTried} set={(told) => setWish({ ...wish, reason: told })} />
        <Button type="submit" kind="danger" size="sm" disabled={stopping.isPending || !stopping.may}>
          {words.stop}
        </Button>
      </form>
      {stopping.isSuccess && <DidStop stopped={stopping.data} />}
      {stopping.error !== null && <NotDone error={stopping.error} />}
    </section>
  );
}

interface WhyProps {
  readonly reason: string;
  readonly isTried: boolean;
  readonly set: (reason: string) => void;
}

function Why({ reason, isTried, set }: WhyProps) {
  const { words } = usePatientWords();
  return (
    <TextArea
      id="stop-reason"
      labelText={words.reason}
      rows={2}
      maxLength={1000}
      value={reason}
      invalid={isTried && reason.trim() === ''}
      invalidText={words.reasonMissing}
      onChange={({ target }) => set(target.value)}
    />
  );
}

/** What the stop came to, and what it does not reach. */
function DidStop({ stopped: { patient, underWay, isKnown, elsewhere } }: { readonly stopped: PatientStopped }) {
  const { words } = usePatientWords();
  return (
    <>
      <Said kind="success" text={words.didStop(patient)} />
      {underWay > 0 && <Said kind="info" text={words.underWay(underWay)} />}
      {!isKnown && <Said kind="warning" text={words.unknown} />}
      {elsewhere.length > 0 && <Said kind="warning" text={words.elsewhere(elsewhere.join(', '))} />}
    </>
  );
}

export function NotDone({ error }: { readonly error: Error }) {
  const { words } = usePatientWords();
  if (!(error instanceof Refused) || error.status !== 409) return <Trouble error={error} />;
  return <Said kind="warning" text={error.said.error === 'not-pulled' ? words.notPulled : words.asItIs} />;
}
