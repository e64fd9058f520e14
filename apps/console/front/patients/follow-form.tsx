import { Button, TextInput } from '@carbon/react';
import type { FollowDeed } from '@sync-hub/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useAct } from '../may.js';
import { usePerson } from '../person.js';
import { Said } from '../said.js';
import { isPatient, LinkField, PatientField } from './fields.js';
import { followPatient, PATIENTS } from './patient-api.js';
import { NotDone } from './stop-form.js';
import { usePatientWords } from './use-patient-words.js';

const SECONDS_A_DAY = 86_400;
const MOST_DAYS = 366;

const secondsIn = (days: string): number | null => (/^[1-9]\d{0,2}$/.test(days.trim()) && Number(days) <= MOST_DAYS ? Number(days) * SECONDS_A_DAY : null);

/** Who goes to which link's child for how many days, and why. */
export function FollowForm({ links }: { readonly links: readonly string[] }) {
  const { words } = usePatientWords();
  const person = usePerson();
  const client = useQueryClient();
  const [wish, setWish] = useState({ patient: '', link: links[0] ?? '', days: '30', reason: '', isTried: false });
  const { patient, link, days, reason, isTried } = wish;
  const following = useAct('drive-work', {
    mutationFn: ({ deed, by }: { readonly deed: FollowDeed; readonly by: string }) => followPatient(deed, by),
    onSettled: () => client.invalidateQueries({ queryKey: PATIENTS }),
  });
  const follow = (event: FormEvent): void => {
    event.preventDefault();
    setWish({ ...wish, isTried: true });
    const seconds = secondsIn(days);
    const by = isPatient(patient) && seconds !== null ? person.demand() : null;
    if (by === null || seconds === null) return;
    following.mutate({ deed: { patient: patient.trim(), link, seconds, ...(reason.trim() === '' ? {} : { reason }) }, by });
  };
  return (
    <section aria-label={words.followTitle}>
      <h3>{words.followTitle}</h3>
      <p className="help">{words.followHelp}</p>
      <form className="filters" onSubmit={follow}>
        <PatientField id="follow-patient" patient={patient} isTried={isTried} set={(told) => setWish({ ...wish, patient: told })} />
        <LinkField id="follow-link" link={link} links={links} every={false} set={(told) => setWish({ ...wish, link: told })} />
        <ForHowLong days={days} isTried={isTried} set={(told) => setWish({ ...wish, days: told })} />
        <TextInput
          {...{ id: 'follow-reason', size: 'sm', labelText: words.reason, value: reason, maxLength: 1000 }}
          onChange={({ target }) => setWish({ ...wish, reason: target.value })}
        />
        <Button type="submit" kind="tertiary" size="sm" disabled={following.isPending || !following.may}>
          {words.follow}
        </Button>
      </form>
      {following.isSuccess && <Said kind="success" text={words.didFollow(following.variables.deed.patient, following.variables.deed.link)} />}
      {following.error !== null && <NotDone error={following.error} />}
    </section>
  );
}

interface ForHowLongProps {
  readonly days: string;
  readonly isTried: boolean;
  readonly set: (days: string) => void;
}

function ForHowLong({ days, isTried, set }: ForHowLongProps) {
  const { words } = usePatientWords();
  return (
    <TextInput
      id="follow-days"
      size="sm"
      labelText={words.days}
      value={days}
      maxLength={3}
      inputMode="numeric"
      invalid={isTried && secondsIn(days) === null}
      invalidText={words.daysWrong}
      onChange={({ target }) => set(target.value)}
    />
  );
}
