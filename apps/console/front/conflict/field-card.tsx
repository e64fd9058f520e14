import { Button, Tag } from '@carbon/react';
import type { ConflictField } from '@sync-hub/contracts';
import { type ReactNode, useId } from 'react';
import { useSpeech } from '../language/speaking.js';
import { plainText, whyText } from '../words-of-conflict.js';
import { beginTyping, type Chosen, canRemove, canType, typedInto } from './choices.js';
import { TypedInput } from './typed-input.js';
import type { Work } from './use-work.js';
import { Value } from './value.js';

interface FieldProps {
  readonly field: ConflictField;
  readonly work: Work;
}

/** A field to be answered: what it was, what each end holds, and what it shall be. */
export function FieldCard({ field, work }: FieldProps) {
  const { t, fieldName } = useSpeech();
  const { path, item, why, does, takes, base } = field;
  const { titles } = work.detail;
  return (
    <fieldset className="field" data-field={path} tabIndex={-1} disabled={!work.isToAnswer}>
      <legend>
        <span className="field-name">{fieldName(field.field)}</span> {item !== null && <span className="item">{item}</span>}{' '}
        {work.draft.news.has(path) && (
          <Tag size="sm" type="magenta">
            {t.isNew}
          </Tag>
        )}{' '}
        <span className="soft">{whyText(t, why)}</span>
      </legend>
      <div className="options">
        <div className="base">{base === null ? <span className="soft">{t.neverAgreed}</span> : <Base field={field} />}</div>
        {takes.includes('parent') && <EndOption end="parent" title={titles.parent} field={field} work={work} />}
        {takes.includes('child') && <EndOption end="child" title={titles.child} field={field} work={work} />}
        <OtherOptions field={field} work={work} />
        {does !== 'ask' && (
          <Option field={field} work={work} name="leave" chosen={null} label={t.leave}>
            {null}
          </Option>
        )}
      </div>
      {work.isToAnswer && work.detail.conflict.origin === undefined && (
        <p className="always">
          <Button kind="ghost" size="sm" onClick={() => work.askForRule(path)}>
            {t.ruleAlways}
          </Button>
        </p>
      )}
      {work.draft.problems.has(path) && <p className="problem">{work.draft.problems.get(path)}</p>}
    </fieldset>
  );
}

/** What both held when they agreed; each of them where they were let differ. */
function Base({ field: { base, kind } }: { readonly field: ConflictField }) {
  const { t } = useSpeech();
  if (base === null) return null;
  const isSame = base.parent.value === base.child.value;
  return (
    <>
      <span className="label">{t.agreed}</span>
      <Value side={base.parent.isKnown ? base.parent : base.child} kind={kind} />
      {!isSame && base.parent.isKnown && base.child.isKnown && (
        <>
          {' / '}
          <Value side={base.child} kind={kind} />
        </>
      )}
    </>
  );
}

function EndOption({ end, title, field, work }: FieldProps & { readonly end: 'parent' | 'child'; readonly title: string }) {
  return (
    <Option field={field} work={work} name={end} chosen={{ take: end }} label={title}>
      <Value side={field[end]} kind={field.kind} />
    </Option>
  );
}

function OtherOptions({ field, work }: FieldProps) {
  const { t } = useSpeech();
  const id = useId();
  const chosen = work.draft.choices.get(field.path);
  const typed = typedInto(field, chosen);
  return (
    <>
      {canType(field) && (
        <Option field={field} work={work} name="typed" chosen={beginTyping(field, work.draft.choices)} label={t.typeValue}>
          {chosen !== undefined && 'typed' in chosen && (
            <TypedInput
              id={id}
              field={field}
              text={chosen.typed}
              problem={typed !== null && 'problem' in typed ? plainText(t, typed.problem) : null}
              type={(text) => work.choose(field.path, { typed: text })}
            />
          )}
        </Option>
      )}
      {canRemove(field) && (
        <Option field={field} work={work} name="removed" chosen={{ removed: true }} label={t.remove}>
          {null}
        </Option>
      )}
    </>
  );
}

interface OptionProps extends FieldProps {
  readonly name: 'parent' | 'child' | 'typed' | 'removed' | 'leave';
  readonly chosen: Chosen | null;
  readonly label: string;
  readonly children: ReactNode;
}

function Option({ field, work, name, chosen, label, children }: OptionProps) {
  const id = useId();
  const isChosen = nameOf(work.draft.choices.get(field.path)) === name && (name !== 'leave' || field.does !== 'ask');
  return (
    <div className={isChosen ? 'option chosen' : 'option'} data-option={name}>
      <input type="radio" id={id} name={field.path} checked={isChosen} onChange={() => work.choose(field.path, chosen)} />
      <label htmlFor={id}>
        <span className="label">{label}</span>
        {name !== 'typed' && children}
      </label>
      {name === 'typed' && children}
    </div>
  );
}

function nameOf(chosen: Chosen | undefined): OptionProps['name'] {
  if (chosen === undefined) return 'leave';
  if ('take' in chosen) return chosen.take;
  return 'typed' in chosen ? 'typed' : 'removed';
}
