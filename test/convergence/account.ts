import type { Simulator } from '@sync-hub/openmrs-simulator';
import { type Shown, wereBothChosen } from './answering.js';
import { asKnown } from './as-known.js';
import { knownUuid } from './care-content.js';
import { brokenReferences, doubledObs, isUnasked, type Lineage, lineageOf } from './care-faults.js';
import { type Content, contentsOf, doubles, groupOf, type Held, NOTHING_HELD, PRESENCE, type RecordKey } from './content.js';
import { VOIDED } from './held.js';
import type { HubDatabase, KeptConflict } from './hub-database.js';
import { keptIn } from './kept.js';
import { byRecord, type Changed, changesBetween, type Edit, hadSeen, ownTokens, touches } from './ledger.js';
import { leftAsSeen, wasSeenToDiffer } from './left.js';
import { brokenLists } from './list-faults.js';
import { heldByRule, rulesOnLinks } from './list-rules.js';
import { heldRestores, presencesOf, restoresOnLinks } from './restores.js';
import type { Rivals } from './rival-edits.js';
import { heldForNoReason, onLink, waitsBehind } from './waits.js';
import { sayTheSame, writtenAnew } from './written-anew.js';

/** What must be true of the world when nothing moves any more. */
export interface World {
  /** The parent first; every other one is its child, by a link of its own name. */
  readonly sites: readonly Simulator[];
  readonly edits: readonly Edit[];
  readonly hub: HubDatabase;
  readonly rivals: Rivals;
  /** What stood anywhere before the hub was started. */
  readonly atFirst: ReadonlySet<RecordKey>;
  /** What was shown to those who have answered conflicts. */
  readonly shown?: readonly Shown[];
}

/** One thing that is not as it must be, in words that lead to it. */
export type Fault = string;

interface Books {
  readonly parent: string;
  readonly children: readonly string[];
  readonly contents: ReadonlyMap<string, ReadonlyMap<RecordKey, Content>>;
  readonly edits: ReadonlyMap<RecordKey, readonly Edit[]>;
  readonly conflicts: readonly KeptConflict[];
  readonly shown: readonly Shown[];
  readonly rivals: Rivals;
  readonly lineage: Lineage;
  /** What waits on a link for what is for a person to answer or to bring back, or is held there by a rule of servers, as `onLink` words it. */
  readonly waits: ReadonlySet<string>;
  /** What is voided at one end of a link and has come back at the other, where the one brings nothing back by REST. */
  readonly heldRestores: ReadonlySet<string>;
  /** Keys, as `resource.key`, that the platform of one site or another does not have. */
  readonly lacking: ReadonlySet<string>;
}

/** Accounts for every value that anybody typed, and for everything that is held. No fault: all is well. */
export async function account({ sites, edits, hub, rivals, atFirst, shown = [] }: World): Promise<readonly Fault[]> {
  const knownAt = await hub.aliases();
  const contents = new Map(sites.map((site) => [site.id, contentsOf(site.state(), knownAt(site.id))]));
  const written = byRecord(edits.map((edit) => asKnown(edit, knownAt(edit.site))));
  const rows = sites.map((site) => ({ id: site.id, state: site.state(), everywhere: knownUuid(knownAt(site.id)) }));
  const [open, conflicts] = [await hub.open(), await hub.conflicts()];
  const restores = heldRestores(
    open,
    presencesOf(sites, knownAt, (site, record) => heldAt({ contents, edits: written }, site, record)),
  );
  const questions = [...leftAsSeen(shown).keys(), ...conflicts.map(({ link, record }) => onLink(link, record))];
  const byRule = heldByRule(open, { sites, knownAt, asked: new Set(questions) });
  const books: Books = {
    parent: sites[0]!.id,
    children: sites.slice(1).map(({ id }) => id),
    contents,
    edits: written,
    conflicts,
    shown,
    waits: new Set([...waitsBehind(open, [...questions, ...restoresOnLinks(restores), ...rulesOnLinks(byRule)]), ...rulesOnLinks(byRule)]),
    heldRestores: restoresOnLinks(restores),
    rivals,
    lineage: lineageOf(rows),
    lacking: new Set(sites.flatMap(({ profile }) => profile.lacks)),
  };
  const records = [...new Set([...contents.values()].flatMap((one) => [...one.keys()]))].sort();
  return [
    ...records.flatMap((record) => endsDiffer(books, record)),
    ...records.flatMap((record) => lostValues(books, record)),
    ...records
      .filter((record) => !atFirst.has(record) && nobodyMade(books, record))
      .map((record) => `${record}: nobody made it; it stands for another one, twice`),
    ...books.conflicts.flatMap((conflict) => unfoundedConflict(books, conflict)),
    ...heldForNoReason(
      open,
      books.waits,
      [...restores, ...byRule].map(({ job }) => job),
    ),
    ...rows.flatMap(({ id, ...site }) => {
      const isExcused = (record: RecordKey): boolean => [cameBackOfOneSecond, isAskedAboutRival, wereBothChosen].some((excuses) => excuses(books, record));
      const doubled = [...doubles(site.state, knownAt(id)), ...doubledObs(site, books.lineage)].filter(
        (fault) => !isExcused(fault.slice(0, fault.indexOf(':'))),
      );
      return [...doubled, ...brokenReferences(site).filter(isUnasked(conflicts)), ...brokenLists(site)].map((fault) => `at ${id}, ${fault}`);
    }),
  ];
}

/** An obs that is edited gets another uuid; all else is made once, by somebody. */
const nobodyMade = ({ edits }: Books, record: RecordKey): boolean =>
  !record.startsWith('obs/') && !(edits.get(record) ?? []).some(({ before }) => before.get(PRESENCE) === undefined);

/** A record that was voided before it travelled is nowhere else: that is the same as voided there, and so is one that was erased. */
const heldAt = ({ contents, edits }: Pick<Books, 'contents' | 'edits'>, site: string, record: RecordKey): Content => {
  const held = contents.get(site)?.get(record);
  if (held !== undefined) return held;
  if (edits.get(record)?.some((edit) => edit.site === site && edit.after.get(PRESENCE) === 'voided') === true) return VOIDED;
  return [...contents.values()].every((one) => one.get(record)?.get(PRESENCE) !== 'present') ? VOIDED : NOTHING_HELD;
};

/** On every link both ends hold the same, or one conflict is open there that keeps what they hold. */
function endsDiffer(books: Books, record: RecordKey): Fault[] {
  return books.children.flatMap((child): Fault[] => {
    const [above, below] = [heldAt(books, books.parent, record), heldAt(books, child, record)];
    const differing = changesBetween(above, below).flatMap(({ path }) => (isLacking(books, record, path) ? [] : [path]));
    const conflict = books.conflicts.find((one) => one.link === child && one.record === record);
    if (conflict === undefined) {
      const left = leftAsSeen(books.shown).get(onLink(child, record));
      const isLeft = (path: string): boolean => wasSeenToDiffer(left, path, above, below);
      const isHeld = [books.waits, books.heldRestores].some((held) => held.has(onLink(child, record)));
      return differing.every(isLeft) || isThereAtNeither(above, below) || isHeld
        ? []
        : [`${record}: ${books.parent} and ${child} differ in ${differing.join(', ')}, and nobody is asked`];
    }
    if (differing.length === 0) return conflict.reason === 'overwritten' ? [] : [`${record}: a conflict is open on ${child}, and its ends hold the same`];
    return differing.flatMap((path) => [...keepsWhat(conflict, 'parent', path, above.get(path)), ...keepsWhat(conflict, 'child', path, below.get(path))]);
  });
}

/** A field of a record, or of an obs in it, that not every platform has. */
function isLacking({ lacking }: Books, record: RecordKey, path: string): boolean {
  const ofAnObs = /^obs\[[^\]]+\]\.(.+)$/.exec(path)?.[1];
  return lacking.has(ofAnObs === undefined ? `${record.slice(0, record.indexOf('/'))}.${path}` : `obs.${ofAnObs}`);
}

/** Voided at one end before it ever came to the other. */
const isThereAtNeither = (above: Content, below: Content): boolean => [above, below].every((held) => held.get(PRESENCE) !== 'present');

const keepsWhat = (conflict: KeptConflict, end: 'parent' | 'child', path: string, held: Held): Fault[] =>
  keptIn(conflict[end], path, held) ? [] : [`${conflict.record}: the conflict on ${conflict.link} does not keep what its ${end} holds in ${path}`];

/**
 * Every value that was typed stands somewhere it should, or was replaced by an edit that saw it, or went with a void that saw it, or is kept in a
 * conflict; or was typed in the one moment in which nobody could see it (`RivalEdits`).
 */
function lostValues(books: Books, record: RecordKey): Fault[] {
  const edits = books.edits.get(record) ?? [];
  const sites = [books.parent, ...books.children];
  const conflicts = books.conflicts.filter((one) => one.record === record);
  const shown = books.shown.filter((one) => one.record === record);
  const contents = sites.map((site) => heldAt(books, site, record));
  const elsewhere = (path: string): readonly string[] =>
    writtenAnew(path, [...contents, ...edits.flatMap(({ before, after }) => [before, after])], books.lineage);
  const stands = ({ path, typed }: Changed): boolean =>
    contents.some((held) => held.get(path) === typed || (typed !== undefined && elsewhere(path).some((other) => sayTheSame(held.get(other), typed))));
  /** A part of an item was changed here and another there: the item now says both. */
  const isPartOfWhatStands = (edit: Edit, change: Changed): boolean => {
    const tokens = ownTokens(edit, change);
    const said = sites.flatMap((site) => [...heldAt(books, site, record)]).filter(([path]) => groupOf(path) === groupOf(change.path));
    return tokens.length > 0 && tokens.every((token) => said.some(([path, held]) => `${path} ${String(held)}`.includes(token)));
  };
  const replaced = (edit: Edit, { path, typed }: Changed): boolean =>
    edits.some(
      (other) =>
        isNoReplyTo(edit, other) &&
        (other.changes.some((change) => change.path === path && change.saw === typed) ||
          cameBackWith(other, path, typed) ||
          (typed !== undefined && elsewhere(path).some((anew) => other.changes.some(({ path: at, saw }) => at === anew && sayTheSame(saw, typed))))),
    );
  /** Made later, or by somebody elsewhere of whom the typist did not know: what stood there may have been put there again by an undo meanwhile. */
  const isNoReplyTo = (edit: Edit, other: Edit): boolean => other.n > edit.n || (other !== edit && !hadSeen(edit, other, edits));
  const isVoided = (site: string): boolean => heldAt(books, site, record).get(PRESENCE) !== 'present';
  const isGone = sites.every(isVoided);
  const isInDispute = conflicts.some(({ fields }) => fields.includes(PRESENCE));
  /** It stands in what is voided, and comes back with it by hand. */
  const isToComeBack = books.children.some((child) => books.heldRestores.has(onLink(child, record)));
  const sawIt = ({ before }: Edit, path: string, typed: Held): boolean =>
    before.get(path) === typed || (typed !== undefined && elsewhere(path).some((anew) => sayTheSame(before.get(anew), typed)));
  const wentWithIt = (edit: Edit, { path, typed }: Changed): boolean =>
    edits.some(
      (later) =>
        isNoReplyTo(edit, later) &&
        later.after.get(PRESENCE) === 'voided' &&
        sawIt(later, path, typed) &&
        (isGone || ((isInDispute || isToComeBack) && isVoided(later.site))),
    );
  /** Kept in a conflict, or seen by who answered one: of itself, or of one whose void takes it along. */
  const kept = ({ path, typed }: Changed): boolean =>
    [...conflicts, ...shown].some(({ parent, child }) => keptIn(parent, path, typed) || keptIn(child, path, typed)) ||
    books.shown.some(({ takesAlong }) => takesAlong.includes(record));
  return edits.flatMap((edit) =>
    edit.meant
      // Nobody sees it at a site that does not have it, and nobody there can be said to have seen it.
      .filter(({ path }) => !isLacking(books, record, path))
      .filter((change) => !stands(change) && !isPartOfWhatStands(edit, change) && !replaced(edit, change) && !wentWithIt(edit, change) && !kept(change))
      .filter((change) => !books.rivals.isUndone(edit, change))
      .map(({ path, typed }) => `${record}: what was typed at ${edit.site} (edit ${edit.n}, ${edit.what}) is lost: ${path} = ${String(typed)}`),
  );
}

/** OpenMRS restores with a record whatever of it was voided in the same second, also what somebody had taken away. */
const cameBackWith = (later: Edit, path: string, typed: Held): boolean =>
  typed === undefined && later.before.get(PRESENCE) === 'voided' && later.after.get(path) !== undefined;

/** Somebody replaced an obs beside a write of the hub that did, too: both stand, and a person is asked. */
const isAskedAboutRival = ({ conflicts, edits, rivals }: Books, record: RecordKey): boolean =>
  conflicts.some((conflict) => conflict.record === record && conflict.fields.some((field) => field === 'obs' || field === PRESENCE)) &&
  (edits.get(record) ?? []).some((edit) => edit.changes.some(({ path }) => path.startsWith('obs[')) && rivals.isBeside(edit));

/** An act is written down once its server has done it, which takes a moment. */
const LEDGER_IS_LATER_MS = 100;

/** What a server replaces by a new row, voiding the old one, when somebody edits it. */
const isReplaced = ({ path, typed }: Changed): boolean => (path.startsWith('obs[') && typed === undefined) || path.startsWith('attributes[');

/**
 * An obs or an attribute was replaced, by a person or by the hub, and its encounter or patient voided at one site in one second: to restore it
 * there brings back both (openmrs-core BaseUnvoidHandler).
 */
function cameBackOfOneSecond({ edits, rivals }: Books, record: RecordKey): boolean {
  const own = edits.get(record) ?? [];
  const secondsOf = ({ at, site }: Edit): readonly string[] =>
    [at.getTime(), at.getTime() - LEDGER_IS_LATER_MS].map((moment) => `${site} ${Math.floor(moment / 1000)}`);
  const voids = own.filter(({ after }) => after.get(PRESENCE) === 'voided');
  if (voids.some(({ at, site }) => rivals.wroteInSecondOf(at.getTime(), site, record))) return true;
  const voided = new Set(voids.flatMap(secondsOf));
  return own.some((edit) => secondsOf(edit).some((second) => voided.has(second)) && edit.changes.some(isReplaced));
}

/** Reasons that it takes only one edit for, at the moment at which the hub wrote there: it cannot know who came first. */
const BESIDE_A_WRITE = new Set(['third-value', 'in-doubt', 'overwritten']);

/**
 * A conflict is open only where both sides of its link edited what is in dispute, neither having seen the other. A write of the hub lands piece by piece: who
 * edits meanwhile may have seen what was typed last, and not what was typed before it.
 */
function unfoundedConflict(books: Books, conflict: KeptConflict): Fault[] {
  const edits = books.edits.get(conflict.record) ?? [];
  const knew = (later: Edit, earlier: Edit): boolean => hadSeen(later, earlier, books.rivals.isBeside(later) ? [earlier, later] : edits);
  const groups = new Set(conflict.fields.map(groupOf));
  const concerned = edits.filter((edit) => touches(edit, groups));
  if (BESIDE_A_WRITE.has(conflict.reason) && concerned.length > 0) return [];
  const below = concerned.filter(({ site }) => site === conflict.link);
  const above = concerned.filter(({ site }) => site !== conflict.link);
  const isFounded = below.some((one) => above.some((other) => (one.n < other.n ? !knew(other, one) : !knew(one, other))));
  return isFounded ? [] : [`${conflict.record}: a conflict (${conflict.reason} on ${conflict.link}, in ${conflict.fields.join(', ')}) that nobody made`];
}
