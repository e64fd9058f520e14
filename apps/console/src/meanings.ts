import type { EndOverview, HeldReason, ObservedOverview, SiteState } from './overview.js';
import type { Tone } from './page.js';

/** What a word of ours means to the person who reads it. */
export interface Meaning {
  readonly tone: Tone;
  readonly text: string;
  /** What it means for the person who reads it. */
  readonly note: string;
}

/** The states of a site in plain words. */
export const SITE_STATES: Readonly<Record<SiteState, Meaning>> = {
  up: { tone: 'good', text: 'up', note: '' },
  down: { tone: 'bad', text: 'down', note: 'asked again and again; what waits goes on by itself when it answers' },
  'locked-out': { tone: 'bad', text: 'refuses our login', note: 'mend the password or unlock the account; until then nothing is sent there' },
  quarantined: { tone: 'bad', text: 'quarantined', note: 'its data is not what it was (restored, cloned or swapped); somebody must look' },
  'not-asked': { tone: 'quiet', text: 'joining', note: 'not asked yet' },
};

/** A site that answers, and is so old that it cannot be read. */
export const TOO_OLD: Meaning = {
  tone: 'bad',
  text: 'too old',
  note: 'needs OpenMRS 1.9 and webservices.rest 2.13, or newer; goes on by itself once it has them',
};

/** Why something is held, in plain words. Only `waiting` and `class-closed` go on by themselves. */
export const HELD_REASONS: Readonly<Record<HeldReason, Meaning>> = {
  waiting: { tone: 'busy', text: 'waits for what it refers to', note: 'goes on by itself when that lands' },
  conflict: { tone: 'bad', text: 'changed at both ends', note: 'both versions are kept; somebody must choose' },
  'class-closed': { tone: 'busy', text: 'its class is closed at the site', note: 'goes on by itself when the class opens' },
  observed: { tone: 'quiet', text: 'only observed', note: 'its link writes nothing yet' },
  'possible-duplicate': {
    tone: 'bad',
    text: 'another patient has its identifier',
    note: 'two people: mend the identifier of one of the two; one person: pairing accept; it goes on by itself then',
  },
  refused: { tone: 'bad', text: 'refused by the site', note: 'the site would say the same again; mend the record' },
  unmapped: { tone: 'bad', text: 'metadata is missing at the site', note: 'add it there by hand, or let its class travel on the link' },
  'gave-up': { tone: 'bad', text: 'gave up after many tries', note: 'something there does not heal by itself' },
  oscillates: { tone: 'bad', text: 'goes back and forth', note: 'both ends keep changing the same fields' },
  'by-hand': { tone: 'quiet', text: 'laid aside by a person', note: 'until its record changes, or somebody has it tried again' },
  'patient-stopped': { tone: 'busy', text: 'of a patient whom somebody has stopped', note: 'goes on by itself when somebody lets her go on' },
  broken: { tone: 'bad', text: 'a mistake of Sync Hub', note: 'please report it with its code' },
};

/** What a link that is only observed would do, in plain words. */
export const WOULD: Readonly<Record<ObservedOverview['would'], string>> = {
  'would-create': 'would be created',
  'would-change': 'would be changed',
  'would-void': 'would be voided',
  'would-restore': 'would be restored',
};

/** How things end, in plain words. */
export const ENDS: Readonly<Record<EndOverview['end'], Omit<Meaning, 'note'>>> = {
  pushed: { tone: 'good', text: 'written' },
  'in-step': { tone: 'good', text: 'already the same' },
  filtered: { tone: 'quiet', text: 'no longer admitted' },
  superseded: { tone: 'quiet', text: 'overtaken by a newer look' },
  discarded: { tone: 'busy', text: 'discarded by a person' },
  'as-agreed': { tone: 'quiet', text: 'nothing new' },
  mapped: { tone: 'quiet', text: 'handed on' },
  'not-admitted': { tone: 'quiet', text: 'not for any other site' },
  absent: { tone: 'busy', text: 'not found at the site' },
};

/** What is wrong with a feed, in plain words, by the code of what its reader found. */
export const FEED_TROUBLES: Readonly<Record<string, string>> = {
  'page-unreadable': 'a page of it cannot be read',
  'generation-suspected': 'it does not go on from what was read before',
  'unreadable-entries': 'it has entries that name no record',
  'site-down': 'something else answers where it should',
  'feed-unreadable': 'its server cannot tell it',
  'server-error': 'its server fails at it',
  'not-allowed': 'we may not read it',
  contract: 'what answers is no feed, or too large',
};
