import { HELD_REASONS } from '@sync-hub/console';
import type {
  HeldAct,
  HeldCounts,
  HeldDetail,
  HeldElsewhere,
  HeldFarAct,
  HeldGroup,
  HeldHelp,
  HeldList,
  HeldName,
  HeldOutcome,
  HeldProspect,
  HeldRecord,
  HeldWhyNow,
  SiteAway,
} from '@sync-hub/contracts';
import { recordKey } from '@sync-hub/contracts';

const nameText = ({ name, label }: HeldName): string => (label === null ? name : `${name} "${label}"`);

const namesText = (names: readonly HeldName[]): string => (names.length === 0 ? '' : `: ${names.map(nameText).join(', ')}`);

const routeText = (one: Pick<HeldGroup, 'kind' | 'link' | 'direction' | 'source' | 'site' | 'origin'>): string =>
  one.origin === undefined ? routeHere(one) : `${routeHere(one)}, at ${one.origin}`;

const routeHere = ({ kind, link, direction, source, site }: Pick<HeldGroup, 'kind' | 'link' | 'direction' | 'source' | 'site'>): string =>
  link === null && kind === 'job' ? 'wherever it goes' : kind === 'change' ? `noticed at ${site}` : `${source} -> ${site} (${direction}, link ${link})`;

const whyText = ({ why, code, names, stopped }: Pick<HeldGroup, 'why' | 'code' | 'names' | 'stopped'>): string =>
  `${HELD_REASONS[why].text}${namesText(names)}${stopped === undefined ? '' : `, stopped by ${stopped.by} since ${stopped.since}`} [${code}]`;

/** What helps, in plain words. */
export const HELP_TEXTS: Readonly<Record<HeldHelp, string>> = {
  'add-metadata': 'add what is missing at the site, under that uuid; it goes on by itself within a minute',
  'pull-metadata': 'pull what is missing: metadata pull LINK KIND UUID --write; it goes on by itself then',
  wait: 'see to what it waits for; it goes on by itself then',
  'mend-record': 'mend the record where it was entered, then try it again',
  'mend-identifier': 'two people: mend the identifier of one; one person: pairing accept',
  'grant-privilege': 'grant our account the privilege at the site, then try it again',
  'update-site': 'the site cannot take it: update it, or discard this',
  redrive: 'try it again',
  'stop-one-end': 'stop what changes it at one of the two ends, then try it again',
  report: 'report it with its code',
  'go-live': 'make its link live',
  'let-go-on': 'let the patient go on: patient resume UUID; all of it travels by itself then',
};

export const awayLine = ({ site, state, since, waiting, origin }: SiteAway): string =>
  `${site} is ${state} since ${since}, ${waiting} waiting${origin === undefined ? '' : `, says ${origin}`}`;

/** Of an instance that is heard of as it should be nothing needs to be said. */
const unheardLine = ({ origin, heardAt }: HeldElsewhere): string =>
  heardAt === null
    ? `NOT HEARD of what is held at ${origin}: it has not reported yet, or is of an older version.`
    : `NOT HEARD of ${origin} since ${heardAt}: what is held there may be another by now.`;

const ACTED: Readonly<Record<HeldAct, string>> = { redriven: 'to be tried again', discarded: 'to be discarded', parked: 'to be laid aside' };

/** What was asked of another instance, and how far it is. */
export function askedLine({ origin, what, by, at, sentAt, endedAt, became, counts, group, held }: HeldFarAct): string {
  const of = `asked of ${origin} ${at} by ${by}: ${held ?? `--group ${group}`} ${ACTED[what]}`;
  if (endedAt !== null) return `${of}; ${became === 'done' && counts !== null ? `done: ${countsLine(counts)}` : became} ${endedAt}`;
  return sentAt === null ? `${of}; not yet fetched by ${origin}` : `${of}; sent ${sentAt}, not yet heard what became of it`;
}

export function groupLines({ groups, away, elsewhere, asked, counts }: HeldList): readonly string[] {
  return [
    ...away.map(awayLine),
    ...elsewhere.filter(({ isUnheard }) => isUnheard).map(unheardLine),
    ...asked.map(askedLine),
    counts.all === 0 ? 'Nothing is parked.' : `${counts.all} held, of ${counts.groups} causes`,
    ...groups.flatMap((group) => [
      `${group.count} ${group.category}: ${whyText(group)}`,
      `  ${routeText(group)}, since ${group.oldestAt}, --group ${group.id}`,
      `  what helps: ${HELP_TEXTS[group.helps]}`,
    ]),
    ...(counts.groups > groups.length ? [`and ${counts.groups - groups.length} causes more: name a link, a site or a reason`] : []),
  ];
}

export const recordLine = (one: HeldRecord): string => `${one.id}  ${recordKey(one.record)}  ${routeText(one)}  ${whyText(one)}  since ${one.since}`;

export function detailLines({ held, notes, isMoving, isWriteUnknown }: HeldDetail): readonly string[] {
  return [
    `${recordKey(held.record)} (${held.category}), ${routeText(held)}`,
    `  ${whyText(held)}, since ${held.since}; first noticed ${held.openedAt}`,
    `  what helps: ${HELP_TEXTS[held.helps]}`,
    ...(isMoving ? ['  it is being looked at now'] : []),
    ...(isWriteUnknown ? ['  a write of it was sent, and nobody has seen yet what became of it'] : []),
    ...notes.map(({ at, by, what, reason }) => `  ${at} ${what} by ${by}${reason === null ? '' : `: ${reason}`}`),
  ];
}

const PROSPECTS: Readonly<Record<HeldProspect, (site: string) => string>> = {
  'would-write': (site) => `It would be written to ${site}: nothing hinders it any more. Whether the site takes it, it says only then.`,
  'would-be-refused': (site) => `Nothing hinders it here, but neither end has changed since ${site} refused just this: it would most likely refuse it again.`,
  'would-end-equal': () => 'Both ends hold the same by now: it would end, and nothing would be written.',
  'would-not-be-admitted': (site) => `The rules of the link do not let it go to ${site} any more: it would end.`,
  'would-ask': () => 'Somebody would be asked: it would become a conflict.',
  'would-wait': (site) => `It would wait for what it refers to, and goes on by itself once that is at ${site}.`,
  'would-be-held': (site) => `It would be held again at ${site}.`,
  rests: (site) => `Nothing is done at ${site} now; it is looked at later.`,
  'site-away': (site) => `${site} is asked nothing now: it is down, has locked us out, or is quarantined.`,
  'cannot-be-read': (site) => `It cannot be read at ${site}.`,
  'is-moving': () => 'It is being looked at now.',
  'not-here': () => 'This instance does not run its link any more.',
  elsewhere: () => 'Its own instance runs that link: ask there.',
  'not-asked': () => 'Nothing here can ask the sites.',
};

export function whyLines({ works, prospect, site, why, code, names }: HeldWhyNow): readonly string[] {
  const words: Readonly<Record<HeldWhyNow['works'], string>> = {
    yes: 'It will work now.',
    no: 'It will not work now.',
    later: 'Not now: later, by itself.',
    unknown: 'Nobody knows.',
  };
  const because = prospect === 'would-write' ? '' : [why, code].filter((one) => one !== null).join(', ');
  return [
    words[works],
    `  ${PROSPECTS[prospect](site ?? 'the site')}${because === '' ? '' : ` (${because})`}`,
    ...(names.length === 0 ? [] : [`  ${names.map(nameText).join(', ')}`]),
  ];
}

export const OUTCOMES: Readonly<Record<HeldOutcome, string>> = {
  done: 'Done.',
  asked: 'Asked. It is done once that instance has fetched it: parked list says what became of it.',
  'not-taken': 'That instance lets nobody act from here (instance.reportsTo.conflicts there).',
  moving: 'It is being looked at, or worked on, at this moment: try again shortly.',
  conflict: 'Somebody is asked about this record on this link: answer or dismiss that conflict first.',
  gone: 'Nothing of that id is held, or it is none that this can be done to.',
};

export const countsLine = ({ found, done, passedOver, asked = 0 }: HeldCounts): string =>
  `${done} of ${found}${asked === 0 ? '' : `; ${asked} asked of their instance, which does it once it has fetched it`}${passedOver === 0 ? '' : `; ${passedOver} passed over: held no more, moving, or held for something else by now`}`;
