import { Tag } from '@carbon/react';
import type { ConflictState } from '@sync-hub/contracts';
import { useSpeech } from './language/speaking.js';
import { stateText } from './words-of-conflict.js';

const TYPES = { open: 'red', assigned: 'purple', answered: 'blue', resolved: 'green', dismissed: 'gray' } as const satisfies Record<ConflictState, string>;

export function StateTag({ state }: { readonly state: ConflictState }) {
  const { t } = useSpeech();
  return (
    <Tag size="sm" type={TYPES[state]}>
      {stateText(t, state)}
    </Tag>
  );
}
