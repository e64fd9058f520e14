import { Button } from '@carbon/react';
import type { ConflictField } from '@sync-hub/contracts';
import { useState } from 'react';
import { useSpeech } from '../language/speaking.js';
import { whyText } from '../words-of-conflict.js';
import { FieldCard } from './field-card.js';
import type { Work } from './use-work.js';
import { Value } from './value.js';

/** A field that goes by itself: where to, and what; a person may decide otherwise. */
export function MovingField({ field, work }: { readonly field: ConflictField; readonly work: Work }) {
  const { t, fieldName } = useSpeech();
  const [isOpen, setOpen] = useState(false);
  const { titles } = work.detail;
  if (isOpen || work.draft.choices.has(field.path)) return <FieldCard field={field} work={work} />;
  const goes = { 'to-parent': t.goesToParent(titles.parent), 'to-child': t.goesToChild(titles.child), 'to-both': t.goesToBoth };
  return (
    <div className="moving">
      <p>
        <span className="field-name">{fieldName(field.field)}</span> {field.item !== null && <span className="item">{field.item}</span>}{' '}
        <span className="soft">{whyText(t, field.why)}</span>
      </p>
      <p>
        <Value side={field.does === 'to-parent' ? field.parent : field.child} kind={field.kind} />
        <span aria-hidden="true"> → </span>
        <Value side={field.does === 'to-parent' ? field.child : field.parent} kind={field.kind} />{' '}
        <span className="soft">{goes[field.does as keyof typeof goes]}</span>
      </p>
      {work.isToAnswer && field.takes.length > 0 && (
        <Button kind="ghost" size="sm" onClick={() => setOpen(true)}>
          {t.decideOtherwise}
        </Button>
      )}
    </div>
  );
}
