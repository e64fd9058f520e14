import type { CanonicalRecord } from '@sync-hub/categories';
import type { Path, Problem } from './problem.js';
import type { LinkConfiguration } from './schema.js';

/** Words in the name of a setting that holds a secret, says where something is on that very server, or who logs in there. */
const KEPT_WORDS =
  /pass(word|phrase|wd)|secret|token|credential|api.?key|private.?key|(^|[._-])(key|salt|dir|path|folder|file|user|username|login|host|hostname|port|url|uri)$|director(y|ies)|folder|file.?(name|path)|key.?store|trust.?store|connection/i;

/** Values that name a place on a server, or hold a login. */
const KEPT_VALUES = /^\s*(\/|~\/|[A-Za-z]:[\\/]|\\\\|file:|jdbc:)|:\/\/[^/\s]*@/;

/** Why a setting of that name is never taken to another server; `null` where it may be. */
export function whyKept(property: string): string | null {
  if (/^synchub\./i.test(property)) return "one of Sync Hub's own";
  const inWords = property.replace(/([a-z0-9])([A-Z])/g, '$1.$2');
  return KEPT_WORDS.test(property) || KEPT_WORDS.test(inWords) ? 'one that by its name holds a secret, a login, or a place of that server' : null;
}

/** May the setting travel on the link: does the link name it, and does it hold nothing that is that server's alone? */
export function isSettingOf({ settings = [] }: Pick<LinkConfiguration, 'settings'>, { fields }: Pick<CanonicalRecord, 'fields'>): boolean {
  const { property, value } = fields;
  if (typeof property !== 'string' || whyKept(property) !== null) return false;
  return settings.includes(property) && !(typeof value === 'string' && KEPT_VALUES.test(value));
}

/** Settings that are named and must not be, and a class that says nothing without them. */
export function settingProblems({ classes, settings = [] }: LinkConfiguration, index: number): Problem[] {
  const at = (...more: Path): Path => ['links', index, ...more];
  const kept = settings.flatMap((property, place): Problem[] => {
    const why = whyKept(property);
    return why === null ? [] : [{ path: at('settings', place), found: why, allowed: 'a setting that may be the same at every server', didYouMean: null }];
  });
  const isOn = classes.systemsetting?.pull === true || classes.systemsetting?.push === true;
  const unnamed =
    isOn && settings.length === 0
      ? [{ path: at('settings'), found: 'nothing', allowed: 'the settings that travel, by name: none does that is not named', didYouMean: null }]
      : [];
  return [...kept, ...unnamed];
}
