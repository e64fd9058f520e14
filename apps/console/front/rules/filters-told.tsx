import { useSpeech } from '../language/speaking.js';
import { momentText } from '../language/times.js';
import type { Filters } from '../list/filters.js';
import { STATES, stateText } from '../words-of-conflict.js';

interface FiltersToldProps {
  readonly filters: Filters;
  /** Of a run: the moment that the age came to. */
  readonly openedBefore: string | undefined;
}

/** In words, which conflicts are meant. */
export function FiltersTold({ filters, openedBefore }: FiltersToldProps) {
  const { t, language, fieldName, categoryName } = useSpeech();
  const { link, category, field, owner, state, age } = filters;
  const ages: Readonly<Record<string, string>> = { hour: t.anHour, day: t.aDay, week: t.aWeek, month: t.aMonth };
  const states = STATES.filter((one) => (state === '' ? one === 'open' || one === 'assigned' : one === state));
  const told = [
    [t.byLink, link],
    [t.byCategory, category === '' ? '' : categoryName(category)],
    [t.byField, field === '' ? '' : fieldName(field)],
    [t.byOwner, owner === 'nobody' ? t.nobody : owner.replace(/^@/, '')],
    [t.byState, states.map((one) => stateText(t, one)).join(', ')],
    openedBefore === undefined ? [t.byAge, ages[age] ?? ''] : [t.openedBefore, momentText(openedBefore, language)],
  ].filter(([, value]) => value !== '');
  return (
    <dl className="told">
      {told.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
