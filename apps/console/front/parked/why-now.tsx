import { Button } from '@carbon/react';
import type { HeldWhyNow } from '@sync-hub/contracts';
import { useAct } from '../may.js';
import { Said, Trouble } from '../said.js';
import { askWhy } from './held-api.js';
import { namesText } from './sentences.js';
import { useParked } from './use-parked.js';

const KINDS = { yes: 'success', no: 'warning', later: 'info', unknown: 'info' } as const;

/** Will it work now? Asked when somebody asks: it reads at both ends. */
export function WhyNow({ id, label }: { readonly id: string; readonly label: string }) {
  const { words } = useParked();
  const asking = useAct('drive-work', { mutationFn: () => askWhy(id) });
  return (
    <section aria-label={words.askWhy}>
      <Button kind="tertiary" size="md" disabled={asking.isPending || !asking.may} onClick={() => asking.mutate()}>
        {label}
      </Button>
      {asking.isPending && <p className="soft">{words.asking}</p>}
      {asking.error !== null && <Trouble error={asking.error} />}
      {asking.data !== undefined && <Prospect id={id} now={asking.data} />}
    </section>
  );
}

function Prospect({ id, now: { works, prospect, site, why, code, names: named } }: { readonly id: string; readonly now: HeldWhyNow }) {
  const { words, names } = useParked();
  const isHeldFor = why !== null && why in words.whys ? words.whys[why as keyof typeof words.whys] : null;
  const because = [isHeldFor, namesText(named, names)].filter((text) => text !== null && text !== '').join(': ');
  return (
    <Said
      kind={KINDS[works]}
      text={words.works[works]}
      more={
        <span>
          {words.prospects[prospect](site ?? '')} {prospect !== 'would-write' && because !== '' && `(${because})`}{' '}
          {prospect !== 'would-write' && code !== null && <code>{code}</code>}
          {prospect === 'not-asked' && <code> parked why {id}</code>}
        </span>
      }
    />
  );
}
