import { Select, SelectItem, TextInput } from '@carbon/react';
import { UUID } from '../uuid.js';
import { usePatientWords } from './use-patient-words.js';

interface PatientFieldProps {
  readonly id: string;
  readonly patient: string;
  /** Somebody wanted it done as it stands. */
  readonly isTried: boolean;
  readonly set: (patient: string) => void;
}

export const isPatient = (text: string): boolean => UUID.test(text.trim());

/** Of whom it is. */
export function PatientField({ id, patient, isTried, set }: PatientFieldProps) {
  const { words } = usePatientWords();
  return (
    <TextInput
      id={id}
      size="sm"
      labelText={words.uuid}
      value={patient}
      maxLength={38}
      invalid={isTried && !isPatient(patient)}
      invalidText={words.noUuid}
      onChange={({ target }) => set(target.value)}
    />
  );
}

interface LinkFieldProps {
  readonly id: string;
  readonly link: string;
  readonly links: readonly string[];
  /** May all of them be meant? */
  readonly every: boolean;
  readonly set: (link: string) => void;
}

/** On which link. */
export function LinkField({ id, link, links, every, set }: LinkFieldProps) {
  const { words } = usePatientWords();
  return (
    <Select id={id} size="sm" labelText={words.link} value={link} onChange={({ target }) => set(target.value)}>
      {every && <SelectItem value="" text={words.everyLink} />}
      {links.map((one) => (
        <SelectItem key={one} value={one} text={one} />
      ))}
    </Select>
  );
}
