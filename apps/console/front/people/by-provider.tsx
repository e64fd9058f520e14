import { Button } from '@carbon/react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Refused } from '../desk.js';
import type { Catalogue } from '../language/catalogue.js';
import { useSpeech } from '../language/speaking.js';
import { useAct } from '../may.js';
import { Said, Trouble } from '../said.js';
import { rememberPlace, signInTrouble } from '../session.js';
import { findProvider, wayToProvider } from './people-desk.js';

type Sentence = { readonly [Key in keyof Catalogue]: Catalogue[Key] extends string ? Key : never }[keyof Catalogue];

/** Why somebody was not signed in by a provider, as the console names it. */
const TROUBLES: Readonly<Record<string, Sentence>> = {
  'no-answer': 'providerNoAnswer',
  misconfigured: 'providerMisconfigured',
  refused: 'providerRefused',
  stale: 'providerStale',
  'no-role': 'providerNoRole',
  'no-name': 'providerNoName',
  disabled: 'providerDisabled',
};

/** The way to a provider that vouches for people, where there is one; and why somebody who came back from it is not in. */
export function ByProvider() {
  const { t } = useSpeech();
  const [cameBackWith] = useState(signInTrouble);
  const { data: provider } = useQuery({ queryKey: ['provider'], queryFn: findProvider });
  const going = useAct('anybody', {
    mutationFn: wayToProvider,
    onSuccess: (place) => {
      rememberPlace();
      location.assign(place);
    },
  });
  if (provider === undefined || provider === null) return null;
  return (
    <div className="by-provider">
      {going.error !== null ? <NotGoing error={going.error} /> : cameBackWith !== null && <Why trouble={cameBackWith} />}
      <Button size="md" kind="tertiary" disabled={going.isPending || going.isSuccess} onClick={() => going.mutate()}>
        {t.signInBy(provider.title)}
      </Button>
      <p className="soft">{t.signInOr}</p>
    </div>
  );
}

function NotGoing({ error }: { readonly error: unknown }) {
  return error instanceof Refused && error.status === 503 && error.said.error !== undefined ? <Why trouble={error.said.error} /> : <Trouble error={error} />;
}

function Why({ trouble }: { readonly trouble: string }) {
  const { t } = useSpeech();
  return (
    <Said kind={trouble === 'stale' ? 'warning' : 'error'} text={t[Object.hasOwn(TROUBLES, trouble) ? (TROUBLES[trouble] ?? 'notReached') : 'notReached']} />
  );
}
