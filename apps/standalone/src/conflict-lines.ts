import type { ConflictDetail, ConflictField, ConflictList, ConflictPreview, ConflictSide, ConflictSummary } from '@sync-hub/contracts';

const ageOf = (openedAt: string, now: Date): string => {
  const hours = Math.floor((now.getTime() - Date.parse(openedAt)) / 3_600_000);
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} d`;
};

/** Who has it, what is asked, of what; by names and ids, never by what it holds. */
const summaryLine = (one: ConflictSummary, now: Date): string =>
  [
    one.id,
    one.link,
    `${one.category} ${one.record.uuid}`,
    one.fields.join(', '),
    one.reason,
    one.owner === null || one.state !== 'assigned' ? one.state : `${one.owner} has it`,
    ageOf(one.openedAt, now),
    ...(one.waitingBehind > 0 ? [`${one.waitingBehind} behind it`] : []),
  ].join('  ');

/** A list of conflicts with how many there are by what. */
export function listLines({ conflicts, counts }: ConflictList, now: Date): readonly string[] {
  if (counts.all === 0) return ['There are no such conflicts.'];
  const by = (['link', 'category', 'field', 'reason', 'state', 'owner'] as const).map(
    (name) => `  by ${name}: ${counts.by[name].map((one) => `${one.name === '' ? 'nobody' : one.name} ${one.count}`).join(', ')}`,
  );
  const shown = conflicts.length === counts.all ? [] : [`${conflicts.length} of ${counts.all} are shown: --offset and --limit show others.`];
  return [`${counts.all} conflicts`, ...by, '', ...conflicts.map((one) => summaryLine(one, now)), ...shown];
}

const valueText = ({ value, label, isKnown }: ConflictSide): string =>
  !isKnown
    ? '(cannot be seen)'
    : value === undefined
      ? '(not there)'
      : value === null
        ? '(empty)'
        : label === null
          ? String(value)
          : `${label} (${String(value)})`;

const DOES: Readonly<Record<ConflictField['does'], string>> = {
  ask: 'YOU ARE ASKED',
  nothing: 'nothing is done',
  'to-parent': 'goes to the parent',
  'to-child': 'goes to the child',
  'to-both': 'goes to both',
  unknown: 'is left alone: an end cannot tell',
};

function fieldLines(field: ConflictField, number: number): readonly string[] {
  const { base, parent, child } = field;
  const was =
    base === null ? [] : [`     was     ${valueText(base.parent)}${valueText(base.parent) === valueText(base.child) ? '' : ` / ${valueText(base.child)}`}`];
  return [
    `${String(number).padStart(3)}  ${field.path}${field.item === null ? '' : `  ${field.item}`}: ${DOES[field.does]} (${field.why})`,
    ...was,
    `     parent  ${valueText(parent)}`,
    `     child   ${valueText(child)}`,
  ];
}

/** One conflict, with what both ends hold: for the eyes of whoever asks. What is the same at both ends is only counted. */
export function detailLines({ conflict, titles, fields, authors, notes, takesAlong = [] }: ConflictDetail, now: Date): readonly string[] {
  const isShown = ({ does }: ConflictField): boolean => does !== 'nothing';
  const numbered = fields.flatMap((field, index) => (isShown(field) ? fieldLines(field, index + 1) : []));
  const alike = fields.filter((field) => !isShown(field)).length;
  const author = (end: 'parent' | 'child') =>
    `${end} ${titles[end]}: last changed by ${authors[end].label ?? authors[end].who ?? 'nobody known'}, ${authors[end].at ?? 'at no known time'}`;
  return [
    summaryLine(conflict, now),
    author('parent'),
    author('child'),
    '',
    ...numbered,
    ...(alike === 0 ? [] : [`     ${alike} fields are the same at both ends, or agreed to differ.`]),
    ...(takesAlong.length === 0 ? [] : ['', `A void would take with it: ${takesAlong.join(', ')}`]),
    ...(notes.length === 0
      ? []
      : ['', ...notes.map(({ at, by, what, text }) => `${at}  ${what}${by === '' ? '' : ` by ${by}`}${text === null ? '' : `: ${text}`}`)]),
    '',
    `conflict answer ${conflict.id} --version ${conflict.version} --take parent|child`,
  ];
}

/** What an answer would write, and what it leaves open. */
export function previewLines({ writes, open }: ConflictPreview): readonly string[] {
  const written = writes.flatMap(({ site, fields }) => [
    `${site} is written to:`,
    ...fields.map(({ path, from, to }) => `  ${path}: ${valueText(from)} -> ${valueText(to)}`),
  ]);
  return [
    ...(written.length === 0 ? ['Nothing is to be written.'] : written),
    ...(open.length === 0 ? [] : [`Still asked about, and nothing is written before it is answered: ${open.join(', ')}`]),
  ];
}
