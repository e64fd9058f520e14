import { Button } from '@carbon/react';
import { moveFocus, useKeys } from '../keys.js';
import { useSpeech } from '../language/speaking.js';
import { agoText } from '../language/times.js';
import { LinkHere } from '../link-here.js';
import { goTo } from '../place.js';
import { RuleDialog } from '../rules/rule-dialog.js';
import { Trouble } from '../said.js';
import { StateTag } from '../state-tag.js';
import { isToBeAnswered } from '../words-of-conflict.js';
import { Acts, useActs } from './acts.js';
import { beginTyping, canType } from './choices.js';
import { Fields } from './fields.js';
import { History } from './history.js';
import { Outcome } from './outcome.js';
import { PREVIEW, Preview } from './preview.js';
import { useWork, type Work } from './use-work.js';
import { WhoChanged } from './who-changed.js';

/** One conflict: what each end holds, what a person decides, and what becomes of it. */
export function ConflictPage({ id }: { readonly id: string }) {
  const { t } = useSpeech();
  const { work, error } = useWork(id);
  return (
    <>
      <p>
        <LinkHere to="/conflicts">← {t.title}</LinkHere>
      </p>
      {error !== null && <Trouble error={error} />}
      {work === null ? error === null && <p>{t.loading}</p> : <AtWork work={work} />}
    </>
  );
}

function AtWork({ work }: { readonly work: Work }) {
  const { conflict, notes } = work.detail;
  const acts = useActs(conflict);
  useConflictKeys(work, acts.take);
  const { isToAnswer } = work;
  const ruled = work.detail.fields.find(({ path }) => path === work.ruleOf);
  return (
    <>
      <Heading work={work} />
      {isToBeAnswered(conflict.state) && <Acts conflict={conflict} acts={acts} />}
      <Outcome work={work} />
      <WhoChanged detail={work.detail} />
      <div className="work">
        <div>
          {isToAnswer && <TakeAll work={work} />}
          <Fields work={work} />
          <History notes={notes} />
        </div>
        {isToAnswer && <Preview work={work} />}
      </div>
      {ruled !== undefined && <RuleDialog conflict={conflict} field={ruled} chosen={work.draft.choices.get(ruled.path)} close={() => work.askForRule(null)} />}
    </>
  );
}

function Heading({ work }: { readonly work: Work }) {
  const { t, language, categoryName } = useSpeech();
  const { conflict, titles } = work.detail;
  return (
    <header className="heading">
      <h1>
        {categoryName(conflict.category)} <code>{conflict.record.uuid.slice(0, 8)}</code>: {titles.parent} ↔ {titles.child}
      </h1>
      <p>
        <StateTag state={conflict.state} /> {conflict.owner ?? t.nobody} · {agoText(conflict.openedAt, new Date(), language)}
        {conflict.waitingBehind > 0 && ` · ${t.waitsBehind(conflict.waitingBehind)}`}
      </p>
    </header>
  );
}

function TakeAll({ work }: { readonly work: Work }) {
  const { t } = useSpeech();
  const { titles, fields } = work.detail;
  if (!fields.some(({ does }) => does === 'ask')) return null;
  return (
    <div className="acts">
      <Button kind="ghost" size="sm" onClick={() => work.takeAll('parent')}>
        {t.takeAll(titles.parent)}
      </Button>
      <Button kind="ghost" size="sm" onClick={() => work.takeAll('child')}>
        {t.takeAll(titles.child)}
      </Button>
    </div>
  );
}

const FIELDS = '[data-field]';

/** Back to the field that was typed into; from an input elsewhere, to none. */
function leaveTyping(): void {
  const { activeElement } = document;
  const field = activeElement?.closest<HTMLElement>(FIELDS);
  if (field !== null && field !== undefined) field.focus();
  else if (activeElement instanceof HTMLElement) activeElement.blur();
}

function useConflictKeys(work: Work, take: () => void): void {
  const here = () => {
    const path = document.activeElement?.closest<HTMLElement>(FIELDS)?.dataset['field'];
    return work.detail.fields.find((field) => field.path === path);
  };
  const takeHere = (end: 'parent' | 'child') => (): void => {
    const field = here();
    if (work.isToAnswer && field?.takes.includes(end) === true) work.choose(field.path, { take: end });
  };
  useKeys({
    j: () => moveFocus(FIELDS, 1),
    k: () => moveFocus(FIELDS, -1),
    p: takeHere('parent'),
    c: takeHere('child'),
    P: () => work.isToAnswer && work.takeAll('parent'),
    C: () => work.isToAnswer && work.takeAll('child'),
    e: () => {
      const field = here();
      if (work.isToAnswer && field !== undefined && canType(field)) work.choose(field.path, beginTyping(field, work.draft.choices));
    },
    r: () => {
      const field = here();
      if (work.isToAnswer && field !== undefined && work.detail.conflict.origin === undefined) work.askForRule(field.path);
    },
    Escape: leaveTyping,
    Enter: () => document.getElementById(PREVIEW)?.focus(),
    'Ctrl+Enter': work.answer,
    a: () => isToBeAnswered(work.detail.conflict.state) && take(),
    u: () => goTo('/conflicts'),
  });
}
