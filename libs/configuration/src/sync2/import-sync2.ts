import { SiteId } from '@sync-hub/contracts';
import { stringify } from 'yaml';
import { readSourceText } from '../source-text.js';
import { catchmentOfFilter } from './catchment-of-filter.js';
import { classesOfLists } from './classes-of-lists.js';
import { feedsOfAtomfeed } from './feeds-of-atomfeed.js';
import { changed, type ImportNote, isOn, type Json, kept, lost, needed, objectOf, textOf, unknownKeys } from './note.js';
import { FILTER_LOCATION, manualRunsOf, notesOfSettings, policiesOf, settingsOf } from './notes-of-settings.js';

/** What a child's Sync 2.0 was configured by. Texts of files as they are; what is not given is reported where it matters. */
export interface Sync2Files {
  /** `configuration/sync2.json` of the child. */
  readonly sync2: string;
  /** The atomfeed module's JSON at the child and at the parent. */
  readonly childFeeds?: string;
  readonly parentFeeds?: string;
  /** The child's global properties, as `settingsOf` takes them. */
  readonly settings?: string;
  /** The child's global property `atomfeed.filter.location`, where it is not among the settings. */
  readonly filterLocation?: string;
}

/** What Sync 2.0's files do not say. */
export interface Sync2Answers {
  readonly startAt: 'beginning' | 'now';
  /** Defaults to `parent`; Sync 2.0 knew the parent only by its address. */
  readonly parentId?: string;
  /** Defaults to `general.localInstanceId`, in our spelling. */
  readonly childId?: string;
}

export interface Sync2Import {
  /** A configuration in the shape of our file. It loads unless a note says that something is needed. */
  readonly draft: Json;
  readonly notes: readonly ImportNote[];
}

/** Turns the configuration of a child's Sync 2.0 (sync2 1.6, reference of `sync2.json`) into ours, and says what of it could not be said so. */
export function importSync2(files: Sync2Files, answers: Sync2Answers): Sync2Import {
  const sync2 = objectOf(readSourceText(files.sync2, 'sync2.json').value);
  const general = objectOf(sync2['general']);
  const feedFiles = { child: feedFile(files.childFeeds, 'child atomfeed'), parent: feedFile(files.parentFeeds, 'parent atomfeed') };
  const child = idOf(general, answers);
  const parentId = answers.parentId ?? 'parent';
  const { classes, metadataFromChild, everySeconds, notes: classNotes } = classesOfLists(sync2);
  const on = Object.keys(classes);
  const parent = siteOf(parentId, { location: general['parentFeedLocation'], where: 'general.parentFeedLocation' }, answers, {
    file: feedFiles.parent,
    on,
    everySeconds: everySeconds.pull,
  });
  const local = siteOf(child.id, { location: general['localFeedLocation'], where: 'general.localFeedLocation' }, answers, {
    file: feedFiles.child,
    on,
    everySeconds: everySeconds.push,
  });
  const settings = settingsOf(files.settings);
  const filter = files.filterLocation ?? settings[FILTER_LOCATION];
  const { catchment, notes: catchmentNotes } = catchmentOfFilter(filter, Object.values(feedFiles).filter(isGiven));
  const link = {
    id: `${parentId}-${child.id}`.slice(0, 63),
    parent: parentId,
    child: child.id,
    runsAt: child.id,
    mode: 'observe',
    classes,
    metadataFromChild,
    ...(catchment === null ? {} : { catchment }),
    ...policiesOf(settings),
    ...manualRunsOf(settings),
  };
  return {
    draft: { instance: { id: child.id }, sites: [parent.site, local.site], links: [link] },
    notes: keptLast([
      ...child.notes,
      ...parent.notes,
      ...local.notes,
      ...classNotes,
      ...catchmentNotes,
      ...notesOfSettings(settings),
      ...restNotes(sync2, general),
    ]),
  };
}

/** What needs nobody comes after what somebody should read. */
const keptLast = (notes: readonly ImportNote[]): ImportNote[] => [
  ...notes.filter(({ kind }) => kind !== 'kept'),
  ...notes.filter(({ kind }) => kind === 'kept'),
];

/** The draft as the text of a file, its notes on top. */
export function draftText({ draft, notes }: Sync2Import): string {
  const lines = notes.map(({ kind, where, what }) => `# ${kind}: ${where}: ${what}`.replace(/[\r\n]+/g, ' '));
  return [...lines, ...(lines.length > 0 ? [''] : []), stringify(draft)].join('\n');
}

const isGiven = (file: Json | null): file is Json => file !== null;

const feedFile = (text: string | undefined, name: string): Json | null => (text === undefined ? null : objectOf(readSourceText(text, name).value));

function idOf(general: Json, answers: Sync2Answers): { readonly id: string; readonly notes: ImportNote[] } {
  if (answers.childId !== undefined) return { id: answers.childId, notes: [] };
  const given = textOf(general['localInstanceId']);
  const id = given
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 63);
  if (!SiteId.safeParse(id).success)
    return { id: 'child', notes: [needed('general.localInstanceId', 'is empty; name the child (it is called child in the draft)')] };
  return {
    id,
    notes: [
      id === given
        ? kept('general.localInstanceId', 'the id of the child, and of the instance that runs its link')
        : changed('general.localInstanceId', `is spelt ${id} now`),
    ],
  };
}

function siteOf(
  id: string,
  { location, where }: { readonly location: unknown; readonly where: string },
  answers: Sync2Answers,
  feeds: { readonly file: Json | null; readonly on: readonly string[]; readonly everySeconds: number | null },
): { readonly site: Json; readonly notes: ImportNote[] } {
  const baseUrl = textOf(location).replace(/\/+$/, '');
  const { categories, notes } = feedsOfAtomfeed(feeds.file, id, feeds.on);
  const names = { username: `${variableOf(id)}_USERNAME`, password: `${variableOf(id)}_PASSWORD` };
  const site = {
    id,
    baseUrl,
    client: 'rest',
    login: { username: { env: names.username }, password: { env: names.password } },
    feed: { startAt: answers.startAt, ...pollOf(feeds.everySeconds), ...(categories === null || categories.length === 0 ? {} : { categories }) },
  };
  const addressNotes = [baseUrl === '' ? needed(where, `is empty; the draft has no address for ${id}`) : kept(where, `baseUrl of ${id}`)];
  const login = changed(`login of ${id}`, `is read from the environment: set ${names.username} and ${names.password}`);
  return { site, notes: [...addressNotes, login, ...notes] };
}

const pollOf = (everySeconds: number | null): { readonly pollSeconds?: number } => (everySeconds === null ? {} : { pollSeconds: everySeconds });

const variableOf = (id: string): string => `SYNC_HUB_${id.toUpperCase().replaceAll('-', '_')}`;

const GENERAL_KEYS = ['parentFeedLocation', 'localFeedLocation', 'localInstanceId', 'persistSuccessAudit', 'persistFailureAudit', 'clients'];

function restNotes(sync2: Json, general: Json): ImportNote[] {
  const clients = Object.keys(objectOf(general['clients'])).map((client) =>
    lost(`general.clients.${client}`, 'another server for one client has no counterpart; its login was not copied'),
  );
  const none = general['clients'] !== undefined && clients.length === 0 ? [kept('general.clients', 'names no other server')] : [];
  const audits = ['persistSuccessAudit', 'persistFailureAudit']
    .filter((key) => general[key] !== undefined)
    .map((key) => {
      const where = `general.${key}`;
      return isOn(general[key]) ? kept(where, 'everything is written into the audit') : changed(where, 'everything is written into the audit');
    });
  const whitelist = whitelistNotes(objectOf(sync2['whitelist']));
  return [
    ...unknownKeys(sync2, ['general', 'push', 'pull', 'whitelist'], ''),
    ...unknownKeys(general, GENERAL_KEYS, 'general'),
    ...clients,
    ...none,
    ...audits,
    ...whitelist,
  ];
}

function whitelistNotes(whitelist: Json): ImportNote[] {
  const why = 'nobody calls Sync Hub, so there is nobody to let in; only configured sites are spoken to';
  if (isOn(whitelist['enabled'])) return [lost('whitelist', why)];
  return ['enabled', 'instanceIds'].filter((key) => whitelist[key] !== undefined).map((key) => kept(`whitelist.${key}`, `was off; ${why}`));
}
