import type { ManualRun, ManualRunCategory } from '@sync-hub/contracts';

const BAR = 24;
/** Those that need somebody or something, now or if a dry run was none. */
const HELD = new Set(['waiting', 'conflict', 'parked', 'would-wait', 'would-ask', 'would-be-held', 'cannot-be-read']);

/** What was asked for, in a few words. */
export function scopeWords({ scope }: Pick<ManualRun, 'scope'>): string {
  switch (scope.what) {
    case 'everything':
      return 'everything';
    case 'category':
      return `all of ${scope.category}`;
    case 'records':
      return `${counted(scope.uuids.length, 'record')} of ${scope.category}`;
    case 'patient':
      return `patient ${scope.patient}`;
  }
}

/** One run in one line. */
export function runLine(run: ManualRun): string {
  const { listed, ended } = totals(run);
  return `${run.id}  ${run.direction} ${run.source} -> ${run.target} on ${run.link}: ${scopeWords(run)}${run.dry ? ', dry' : ''}, ${run.state}, ${ended} of ${counted(listed, 'record')}, by ${run.askedBy} on ${run.askedAt}`;
}

/** How far a run is, and what became of its records: a bar for all of it and a line for each category. */
export function progressLines(run: ManualRun): readonly string[] {
  const { listed, ended } = totals(run);
  const listing = run.state === 'listing' ? ', still listing' : run.toList === 0 ? '' : `, ${counted(run.toList, 'patient')} still to be listed`;
  return [
    `${run.dry ? 'dry run: ' : ''}${run.direction} ${run.source} -> ${run.target}, ${scopeWords(run)}: ${bar(ended, listed)} ${ended} of ${counted(listed, 'record')}${listing}`,
    ...(run.waitsFor === null ? [] : [`  waits for ${run.waitsFor.site}: ${run.waitsFor.why}`]),
    ...run.categories.map(categoryLine),
    ...run.notListed.map(
      ({ category, patient, code }) =>
        `  ${patient === undefined ? category : `what hangs on ${patient}`} could not be listed at ${run.source} (${code}): what is known of it is looked at`,
    ),
  ];
}

/** How a run ended, in a sentence. */
export function endLine(run: ManualRun): string {
  const { listed, ended, held } = totals(run);
  if (run.dry && run.state === 'cancelled') return `Called off: ${ended} of ${counted(listed, 'record')} were looked at. Nothing was written.`;
  if (run.dry)
    return held === 0
      ? `Done: ${counted(listed, 'record')} looked at, nothing would be held. Nothing was written.`
      : `Done: ${counted(listed, 'record')} looked at; ${held} of them would be held. Nothing was written.`;
  if (run.state === 'cancelled') return `Called off: ${ended} of ${counted(listed, 'record')} were looked at to the end; what was under way goes on.`;
  return held === 0
    ? `Done: ${counted(listed, 'record')} looked at, nothing is held.`
    : `Done: ${counted(listed, 'record')} looked at; ${held} of them ${held === 1 ? 'is' : 'are'} held, see status.`;
}

/** Of all categories; `held` are those that need somebody or something. */
export function totals({ categories }: Pick<ManualRun, 'categories'>): { readonly listed: number; readonly ended: number; readonly held: number } {
  const sum = (of: (category: ManualRunCategory) => number): number => categories.reduce((all, category) => all + of(category), 0);
  const isHeld = ({ as }: { readonly as: string }): boolean => HELD.has(as);
  return {
    listed: sum(({ listed }) => listed),
    ended: sum(({ ended }) => ended),
    held: sum(({ became }) => became.filter(isHeld).reduce((all, { records }) => all + records, 0)),
  };
}

function categoryLine({ category, listed, ended, became }: ManualRunCategory): string {
  const ends = became.map(({ as, reason, records }) => `${records} ${reason === null || as === 'conflict' || as === 'would-ask' ? as : `${as} (${reason})`}`);
  return `  ${category.padEnd(20)} ${bar(ended, listed)} ${ended} of ${listed}${ends.length === 0 ? '' : `: ${ends.join(', ')}`}`;
}

function bar(done: number, all: number): string {
  const full = all === 0 ? 0 : Math.floor((done / all) * BAR);
  return `[${'#'.repeat(full)}${'.'.repeat(BAR - full)}]`;
}

const counted = (number: number, what: string): string => `${number} ${what}${number === 1 ? '' : 's'}`;
