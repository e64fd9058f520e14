import { Button, Select, SelectItem } from '@carbon/react';
import type { ConflictCounts } from '@sync-hub/contracts';
import { useSpeech } from '../language/speaking.js';
import { goTo } from '../place.js';
import { STATES, stateText } from '../words-of-conflict.js';
import { type Filters, isFiltered, placeFiltered } from './filters.js';

interface Choice {
  readonly value: string;
  readonly text: string;
}

interface FilterProps {
  readonly id: keyof Filters;
  readonly label: string;
  readonly filters: Filters;
  readonly choices: readonly Choice[];
  readonly none: string;
}

function Filter({ id, label, filters, choices, none }: FilterProps) {
  const value = filters[id];
  const isListed = value === '' || choices.some((choice) => choice.value === value);
  return (
    <Select
      id={`filter-${id}`}
      size="sm"
      labelText={label}
      value={value}
      onChange={({ target }) => goTo(placeFiltered({ ...filters, [id]: target.value }), { replace: true })}
    >
      <SelectItem value="" text={none} />
      {[...choices, ...(isListed ? [] : [{ value, text: value }])].map((choice) => (
        <SelectItem key={choice.value} value={choice.value} text={choice.text} />
      ))}
    </Select>
  );
}

/** What the list is filtered by, with how many there are of each. */
export function FilterBar({ filters, counts: { by } }: { readonly filters: Filters; readonly counts: ConflictCounts }) {
  const { t, fieldName, categoryName } = useSpeech();
  const counted = (all: ConflictCounts['by'][keyof ConflictCounts['by']], nameOf: (name: string) => string): Choice[] =>
    all.map(({ name, count }) => ({ value: name, text: `${nameOf(name)} (${count})` })).sort((a, b) => a.text.localeCompare(b.text));
  const owners = by.owner.map(({ name, count }) => ({
    value: name === '' ? 'nobody' : `@${name}`,
    text: `${name === '' ? t.nobody : name} (${count})`,
  }));
  const states = STATES.map((state) => ({ value: state, text: stateText(t, state) }));
  const ages = [
    { value: 'hour', text: t.anHour },
    { value: 'day', text: t.aDay },
    { value: 'week', text: t.aWeek },
    { value: 'month', text: t.aMonth },
  ];
  return (
    <search className="filters" aria-label={t.filters}>
      <Filter id="link" label={t.byLink} none={t.all} filters={filters} choices={counted(by.link, (name) => name)} />
      <Filter id="category" label={t.byCategory} none={t.all} filters={filters} choices={counted(by.category, categoryName)} />
      <Filter id="field" label={t.byField} none={t.all} filters={filters} choices={counted(by.field, fieldName)} />
      <Filter id="owner" label={t.byOwner} none={t.all} filters={filters} choices={owners} />
      <Filter id="state" label={t.byState} none={t.notClosed} filters={filters} choices={states} />
      <Filter id="age" label={t.byAge} none={t.all} filters={filters} choices={ages} />
      {isFiltered(filters) && (
        <Button kind="ghost" size="sm" onClick={() => goTo('/conflicts', { replace: true })}>
          {t.clearFilters}
        </Button>
      )}
    </search>
  );
}
