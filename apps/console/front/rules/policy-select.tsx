import { Select, SelectItem } from '@carbon/react';
import { useSpeech } from '../language/speaking.js';
import { DECIDING, type Deciding, policyText } from '../words-of-conflict.js';

interface PolicySelectProps {
  readonly id: string;
  readonly value: Deciding;
  readonly disabled?: boolean;
  readonly choose: (policy: Deciding) => void;
}

/** Which policy decides. */
export function PolicySelect({ id, value, disabled = false, choose }: PolicySelectProps) {
  const { t } = useSpeech();
  return (
    <Select
      id={id}
      labelText={t.byWhich}
      value={value}
      disabled={disabled}
      onChange={({ target }) => choose(DECIDING.find((one) => one === target.value) ?? value)}
    >
      {DECIDING.map((policy) => (
        <SelectItem key={policy} value={policy} text={policyText(t, policy)} />
      ))}
    </Select>
  );
}
