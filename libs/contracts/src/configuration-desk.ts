import { z } from 'zod';

/** From where a version of the configuration came: it was in force when the hub began to keep them, was saved in the console or at the command line, is an earlier one again, or the file was changed by somebody who did not say so here. */
export const CONFIGURATION_ORIGINS = ['first', 'console', 'command-line', 'roll-back', 'file'] as const;
export type ConfigurationOrigin = (typeof CONFIGURATION_ORIGINS)[number];

/** What is known to follow from a change. `at` is a link, a site or a place; `count` how many records it is about, where that is counted. */
export const CONFIGURATION_CONSEQUENCES = [
  'needs-restart',
  'link-out',
  'link-in',
  'goes-live',
  'only-observes',
  'read-only',
  'looked-through',
  'leavers-retired',
  'judged-anew',
  'site-out',
  'site-in',
  'new-login',
] as const;
export interface ConfigurationConsequence {
  readonly code: (typeof CONFIGURATION_CONSEQUENCES)[number];
  readonly at: string;
  readonly count: number | null;
}

/** Why a configuration cannot be saved where it lies. */
export const CANNOT_SAVE = ['config-map', 'file-read-only', 'folder-read-only', 'mounted-file', 'not-there'] as const;
export type CannotSave = (typeof CANNOT_SAVE)[number];

/** One thing that is wrong, at its place in the text. `found` is never a value that may be a secret. */
export interface ConfigurationProblem {
  readonly path: string;
  readonly line: number | null;
  readonly column: number | null;
  readonly found: string;
  readonly allowed: string;
  readonly didYouMean: string | null;
}

/** A place that says something else: `links[kisumu].mode`. What may be a secret, and what is long, is not shown (`null` on a side that says something). */
export interface ConfigurationChange {
  readonly path: string;
  readonly what: 'added' | 'removed' | 'changed';
  readonly before: string | null;
  readonly after: string | null;
}

/** A line of a text, in both, only in what was before, or only in what comes. */
export interface ComparedLine {
  readonly in: 'both' | 'before' | 'after';
  readonly text: string;
}

/** What stands in the text of what people change most, for buttons beside it. */
export interface ConfigurationOutline {
  readonly sites: readonly { readonly id: string; readonly pollSeconds: number; readonly windows: readonly ConfiguredWindow[] }[];
  readonly links: readonly {
    readonly id: string;
    readonly mode: 'observe' | 'live';
    readonly pull: readonly ConfiguredWindow[];
    readonly push: readonly ConfiguredWindow[];
    readonly policy: string | null;
  }[];
  /** What decides conflicts where nothing more specific does: a word, the name of a plug-in, or nothing. */
  readonly policy: string | null;
}

export interface ConfiguredWindow {
  readonly days: readonly string[];
  readonly from: string;
  readonly to: string;
}

/** What would be so with a text. Changes and consequences are told against what is in force, lines against the file; all are empty where the text is not valid. */
export interface ConfigurationCheck {
  readonly problems: readonly ConfigurationProblem[];
  readonly changes: readonly ConfigurationChange[];
  readonly consequences: readonly ConfigurationConsequence[];
  readonly lines: readonly ComparedLine[];
  readonly outline: ConfigurationOutline | null;
}

/** The file as it is, and what the hub makes of it. */
export interface ConfigurationState {
  readonly file: string;
  /** With what may be a secret taken out; `null` where it cannot be shown, because it is neither YAML nor JSON. */
  readonly text: string | null;
  /** Names what the file says now; whoever saves says from what they began. */
  readonly base: string;
  readonly cannotSave: CannotSave | null;
  readonly isInForce: boolean;
  /** Why some process does not take the file, line by line. */
  readonly refused: readonly string[];
  /** Services that go by an older one. */
  readonly behind: readonly string[];
  /** The number of the version that the file is, where it is kept. */
  readonly version: number | null;
}

export interface ConfigurationVersion {
  readonly version: number;
  readonly at: string;
  readonly from: ConfigurationOrigin;
  /** `null` where nobody said. */
  readonly by: string | null;
  readonly why: string | null;
  /** The version that came back. */
  readonly of: number | null;
  /** Places that changed with it. */
  readonly paths: readonly string[];
}

/** A version, beside the one before it and beside the file. Its text is `null` where our keys no longer open it. */
export interface ConfigurationVersionShown extends ConfigurationVersion {
  readonly text: string | null;
  readonly sinceBefore: readonly ComparedLine[];
}

/** A key of the text; none that means something to what holds it. */
const Key = z
  .string()
  .min(1)
  .max(200)
  .refine((key) => !['__proto__', 'constructor', 'prototype'].includes(key));
/** One place that gets another value, or none (`null`): of the link or site of that id, or of the whole. */
export const ConfigurationEdit = z.strictObject({
  of: z.enum(['links', 'sites']).optional(),
  id: Key.optional(),
  path: z.array(Key).min(1).max(6),
  value: z.json(),
});
export type ConfigurationEdit = z.infer<typeof ConfigurationEdit>;

/** What is to be saved, or which version comes back: from what one began, and why. */
export interface ConfigurationToSave {
  readonly text: string;
  readonly base: string;
  readonly why: string;
}
export interface ConfigurationToRollBack {
  readonly version: number;
  readonly base: string;
  readonly why: string;
}

/** What became of it. `changed`: the file is no longer what one began from, and nothing was written. */
export type ConfigurationSaved =
  | { readonly kind: 'saved'; readonly version: number }
  | { readonly kind: 'same' }
  | { readonly kind: 'changed' }
  | { readonly kind: 'invalid'; readonly problems: readonly ConfigurationProblem[] }
  | { readonly kind: 'cannot-save'; readonly reason: CannotSave }
  | { readonly kind: 'no-such-version' };

const Text = z.string().max(900_000);
const Id = z.string().max(63).optional();
/** Files of Sync 2.0 of which a draft is made, and what only a person knows. */
export const Sync2ToImport = z.strictObject({
  sync2: Text.min(1),
  settings: Text.optional(),
  filterLocation: z.string().max(500).optional(),
  childFeeds: Text.optional(),
  parentFeeds: Text.optional(),
  startAt: z.enum(['beginning', 'now']),
  childId: Id,
  parentId: Id,
});
export type Sync2ToImport = z.infer<typeof Sync2ToImport>;

export interface Sync2Draft {
  readonly text: string;
  readonly notes: readonly { readonly kind: string; readonly where: string; readonly what: string }[];
}

/** Where administrators see and change the configuration. */
export interface ConfigurationDesk {
  state(): Promise<ConfigurationState>;
  check(text: string): Promise<ConfigurationCheck>;
  save(wanted: ConfigurationToSave, by: string): Promise<ConfigurationSaved>;
  /** The newest first. */
  versions(limit: number): Promise<readonly ConfigurationVersion[]>;
  version(number: number): Promise<ConfigurationVersionShown | null>;
  /** What would come with that version, as `check` says it of a text. */
  checkVersion(number: number): Promise<ConfigurationCheck | null>;
  rollBack(wanted: ConfigurationToRollBack, by: string): Promise<ConfigurationSaved>;
  /** The text with these places changed, and the rest of it as it was written; `null` where there is no such link or site in it, or it is no YAML. */
  edited(text: string, edits: readonly ConfigurationEdit[]): Promise<string | null>;
  /** @throws SyncError with what is wrong with the files */
  importSync2(files: Sync2ToImport): Promise<Sync2Draft>;
}
