import type { CanonicalRecord, RecordCategory } from '@sync-hub/categories';
import { BugError, type Direction, type LinkId } from '@sync-hub/contracts';
import type { InConflict } from '@sync-hub/merge';

/** What the configuration gives to a plug-in, as it stands there. */
export type PluginOptions = Readonly<Record<string, unknown>>;

/** What every plug-in may say of the options that the configuration gives it: what is wrong with them, in words, asked once at load; `null` where nothing is. */
interface TakesOptions {
  problemOf?(options: PluginOptions): string | null;
}

/** A catchment rule of a deployment's own (`rule: custom`). A pure function of what is asked: the same answer every time, and no I/O (docs/adr/0080). */
export interface CatchmentStrategy extends TakesOptions {
  /** Is she of the catchment? */
  has(patient: CanonicalRecord, options: PluginOptions): boolean;
}

/** Which records of a category travel (`filters`). As pure as a strategy. */
export interface RecordFilter extends TakesOptions {
  lets(record: CanonicalRecord, options: PluginOptions, direction: Direction): boolean;
}

/** Which records of a category are fit to be written (`validators`): others are held until somebody mends them. As pure as a strategy. */
export interface RecordValidator extends TakesOptions {
  isValid(record: CanonicalRecord, options: PluginOptions, direction: Direction): boolean;
}

/** A field in conflict, as a policy of a deployment's own is asked about it. Holds patient data. */
export interface FieldInConflict extends Pick<InConflict, 'path' | 'field' | 'parent' | 'child' | 'base'> {
  readonly link: LinkId;
  readonly category: RecordCategory;
  /** When the hub first saw what each end holds, ISO 8601 in UTC; null where it does not know. */
  readonly seen: { readonly parent: string | null; readonly child: string | null };
  /** Each end's whole record. */
  readonly records: { readonly parent: CanonicalRecord; readonly child: CanonicalRecord };
}

/** What a policy of a deployment's own may answer: whose value stands, that both do, a value of the field's own type, or that a person must choose. */
export type CustomAnswer = 'parent' | 'child' | 'union' | 'ask' | { readonly value: string | number | boolean | null };

/** What decides a field that both ends hold otherwise (`policies`). As pure as a strategy. */
export interface ConflictPolicy extends TakesOptions {
  decide(asked: FieldInConflict, options: PluginOptions): CustomAnswer;
}

interface PluginOf<Kind extends string, Does> {
  readonly kind: Kind;
  /** What the configuration calls it. */
  readonly name: string;
  /** Another one for code that judges otherwise: what it turned away before is then looked at again. */
  readonly version: string;
  readonly does: Does;
}
/** What says yes or no of a record. */
export type JudgingPlugin = PluginOf<'strategy', CatchmentStrategy> | PluginOf<'filter', RecordFilter> | PluginOf<'validator', RecordValidator>;
export type Plugin = JudgingPlugin | PluginOf<'policy', ConflictPolicy>;
export type PluginKind = Plugin['kind'];

/** The method by which a plug-in of that kind is asked. */
export const ASKED_BY = { strategy: 'has', filter: 'lets', validator: 'isValid', policy: 'decide' } as const satisfies Record<PluginKind, string>;

/** The plug-ins that a deployment has registered. */
export class Plugins {
  /** Throws where two of a kind have one name. */
  constructor(private readonly all: readonly Plugin[] = []) {
    for (const { kind, name } of all)
      if (all.filter((one) => one.kind === kind && one.name === name).length > 1) throw new BugError(`two plug-ins are registered as ${kind} ${name}`);
  }

  names(kind: PluginKind): readonly string[] {
    return this.all.filter((plugin) => plugin.kind === kind).map(({ name }) => name);
  }

  find<Kind extends PluginKind>(kind: Kind, name: string): Extract<Plugin, { readonly kind: Kind }> | undefined {
    return this.all.find((plugin): plugin is Extract<Plugin, { readonly kind: Kind }> => plugin.kind === kind && plugin.name === name);
  }
}

/** A deployment without any. */
export const NO_PLUGINS = new Plugins();

/**
 * What a plug-in answered, where it answered with true or false. Throws where it is missing, throws, or answers with anything else, a promise included,
 * whose rejection is heard. What it is given is frozen: one that changes the record throws.
 */
export function answerOf(plugin: JudgingPlugin | undefined, record: CanonicalRecord, options: PluginOptions, direction: Direction): boolean {
  if (plugin === undefined) throw new BugError('a plug-in is not registered');
  const answer: unknown = ask(plugin, frozen(record), frozen(options), direction);
  if (typeof answer === 'boolean') return answer;
  if (answer instanceof Promise) answer.catch(() => undefined);
  throw new BugError(`${plugin.kind} ${plugin.name} answered with something else than true or false`);
}

function ask({ kind, does }: JudgingPlugin, record: CanonicalRecord, options: PluginOptions, direction: Direction): unknown {
  switch (kind) {
    case 'strategy':
      return does.has(record, options);
    case 'filter':
      return does.lets(record, options, direction);
    case 'validator':
      return does.isValid(record, options, direction);
  }
}

/** The same, which nobody can change. */
export function frozen<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value;
  const copy = Array.isArray(value) ? value.map(frozen) : Object.fromEntries(Object.entries(value).map(([key, held]) => [key, frozen(held)]));
  return Object.freeze(copy) as Value;
}
