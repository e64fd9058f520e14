import { userInfo } from 'node:os';
import { parseArgs } from 'node:util';
import {
  BugError,
  CONFLICT_STATES,
  type ConflictAnswer,
  type ConflictAnswered,
  type ConflictDesk,
  type ConflictDetail,
  ConflictFilter,
} from '@sync-hub/contracts';
import { choicesOf } from './conflict-choices.js';
import { detailLines, listLines, previewLines } from './conflict-lines.js';

type Say = (line: string) => void;

export const CONFLICT_USAGE = `conflict list [--link ID] [--category NAME] [--field NAME] [--reason WHY] [--owner WHO | --nobodys] [--state STATE]... [--limit N] [--offset N] [--json]
    who is asked about what, by names and ids, and how many by what; without --state all that are not closed
  conflict show ID [--json]   what both ends hold: shown to you, and kept nowhere
  conflict answer ID --version N [--take parent|child] [--field PATH=parent|child]... [--value PATH=VALUE]... [--gone PATH]... [--note TEXT] [--preview] [--instead]
    --take: all that is asked and not named apart; PATH is the number or the path that show has; --preview writes nothing and says what would be written;
    --instead: in the place of an answer that is on its way
  conflict assign ID WHO      WHO has it now; with '' nobody has
  conflict note ID TEXT       noted beside it, sealed
  conflict dismiss ID --version N --reason TEXT   both ends stay as they are, until one of them changes`;

const OPTIONS = {
  link: { type: 'string' },
  category: { type: 'string' },
  field: { type: 'string', multiple: true },
  reason: { type: 'string' },
  owner: { type: 'string' },
  nobodys: { type: 'boolean' },
  state: { type: 'string', multiple: true },
  limit: { type: 'string' },
  offset: { type: 'string' },
  json: { type: 'boolean' },
  version: { type: 'string' },
  take: { type: 'string' },
  value: { type: 'string', multiple: true },
  gone: { type: 'string', multiple: true },
  note: { type: 'string' },
  preview: { type: 'boolean' },
  instead: { type: 'boolean' },
} as const;

/** To which conflict somebody does something, and who. */
interface Doing {
  readonly id: string;
  readonly by: string;
}

type Given = ReturnType<typeof parsed>;

const parsed = (args: readonly string[]) => {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch {
    return null;
  }
};

/** The commands that begin with `conflict`. What records hold is said by `show`, and by `answer --preview`, to whoever asks, and nowhere else. */
export async function conflicts(args: readonly string[], desk: ConflictDesk, say: Say): Promise<number> {
  const [what = '', ...more] = args;
  const given = parsed(more);
  const [id, text, ...others] = given?.positionals ?? [];
  if (given === null || others.length > 0) return usage(say);
  if (what === 'list' && id === undefined) return list(given.values, desk, say);
  if (id === undefined) return usage(say);
  const by = userInfo().username;
  if (what === 'show' && text === undefined) return show(await demand(desk, id), given.values.json === true, say);
  if (what === 'answer' && text === undefined) return answer({ id, by }, given.values, desk, say);
  if (what === 'assign' && text !== undefined) return done(await desk.assign(id, text, by), text === '' ? 'Nobody has it now.' : `${text} has it now.`, say);
  if (what === 'note' && text !== undefined) return done(await desk.note(id, text, by), 'Noted.', say);
  if (what === 'dismiss' && text === undefined && (given.values.reason ?? '') !== '') return dismiss({ id, by }, given.values, desk, say);
  return usage(say);
}

async function dismiss({ id, by }: Doing, { reason = '', version }: NonNullable<Given>['values'], desk: ConflictDesk, say: Say): Promise<number> {
  const isDone = await desk.dismiss(id, { reason, version: versionOf(id, version) }, by);
  if (isDone) return done(true, 'Dismissed: both ends stay as they are until one of them changes.', say);
  say('It is not open at that version: either end has changed since, an answer is being carried out, or it is closed.');
  return 1;
}

/** What was looked at; what came later was seen by nobody. */
function versionOf(id: string, version: string | undefined): number {
  if (!/^[1-9]\d{0,8}$/.test(version ?? '')) throw new BugError(`which version did you look at? say --version, as conflict show ${id} has it`);
  return Number(version);
}

function usage(say: Say): number {
  say(CONFLICT_USAGE);
  return 1;
}

function done(isDone: boolean, words: string, say: Say): number {
  say(isDone ? words : 'There is no open conflict of that id, or an answer to it is being carried out.');
  return isDone ? 0 : 1;
}

async function demand(desk: ConflictDesk, id: string): Promise<ConflictDetail> {
  const detail = await desk.find(id);
  if (detail === null) throw new BugError(`there is no conflict ${id}`);
  return detail;
}

async function list(values: NonNullable<Given>['values'], desk: ConflictDesk, say: Say): Promise<number> {
  const { link, category, field, reason, owner, nobodys, state, limit, offset, json } = values;
  const filter = ConflictFilter.safeParse({
    link,
    category,
    field: field?.[0],
    reason,
    owner: nobodys === true ? '' : owner,
    states: state,
    ...(limit === undefined ? {} : { limit: Number(limit) }),
    ...(offset === undefined ? {} : { offset: Number(offset) }),
  });
  if (!filter.success) throw new BugError(`a filter does not fit: a limit is 1 to 200, and a state one of ${CONFLICT_STATES.join(', ')}`);
  const found = await desk.list(filter.data);
  for (const line of json === true ? [JSON.stringify(found, null, 2)] : listLines(found, new Date())) say(line);
  return 0;
}

function show(detail: ConflictDetail, asJson: boolean, say: Say): number {
  for (const line of asJson ? [JSON.stringify(detail, null, 2)] : detailLines(detail, new Date())) say(line);
  return 0;
}

async function answer({ id, by }: Doing, values: NonNullable<Given>['values'], desk: ConflictDesk, say: Say): Promise<number> {
  const { version, take, field = [], value = [], gone = [], note, preview, instead = false } = values;
  const seen = versionOf(id, version);
  const choices = choicesOf((await demand(desk, id)).fields, { take, field, value, gone });
  if (choices.length === 0) throw new BugError('what is the answer? say --take, --field, --value or --gone');
  const given: ConflictAnswer = { version: seen, choices: [...choices], unlessAnswered: !instead, ...(note === undefined ? {} : { note }) };
  if (preview === true) {
    const would = await desk.preview(id, given);
    if ('kind' in would) return refused(would, given, say);
    for (const line of previewLines(would)) say(line);
    return 0;
  }
  const answered = await desk.answer(id, given, by);
  if (answered.kind !== 'taken') return refused(answered, given, say);
  say('Taken: both ends are looked at within seconds, and it closes once both hold the answer.');
  return 0;
}

function refused(answered: Exclude<ConflictAnswered, { kind: 'taken' }>, { version }: ConflictAnswer, say: Say): number {
  switch (answered.kind) {
    case 'closed':
      say(`It is closed (${answered.as}).`);
      break;
    case 'stale':
      say(
        answered.version === version
          ? 'Somebody has answered it, and that is on its way: --instead gives yours in its place.'
          : `It has changed since: look at version ${answered.version}.`,
      );
      break;
    case 'invalid':
      for (const { path, problem } of answered.problems) say(`${path}: ${problem}`);
  }
  return 1;
}
