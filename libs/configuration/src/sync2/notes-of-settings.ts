import { readSourceText } from '../source-text.js';
import { changed, type ImportNote, isOn, kept, lost, objectOf, objectsOf, textOf } from './note.js';

/** Global properties of Sync 2.0 and the atomfeed module by name, as a child has them. */
export type Settings = Readonly<Record<string, string>>;

export const FILTER_LOCATION = 'atomfeed.filter.location';

/**
 * A server's global properties: an object of names and values, or what webservices.rest answers to `systemsetting?q=sync2&v=full`; none where nothing was
 * given. Throws a ConfigurationError with line and column where the text is no JSON.
 */
export function settingsOf(text: string | undefined): Settings {
  const file = text === undefined ? {} : objectOf(readSourceText(text, 'global properties').value);
  const listed = Array.isArray(file['results'])
    ? objectsOf(file['results']).map((one) => [textOf(one['property']), one['value']] as const)
    : Object.entries(file);
  return Object.fromEntries(listed.map(([name, value]) => [name, wordOf(value)]));
}

const wordOf = (value: unknown): string => (typeof value === 'boolean' ? String(value) : textOf(value));

/** Sync 2.0's merge behaviours by bean (sync2 1.6, moduleApplicationContext), the module's own spelling of the property and its manual's. */
const MERGE_PROPERTIES = ['sync2.mergeBehavior', 'sync2.mergeBehaviour'] as const;
const RESTRICT = 'sync2.restrictConflictMergeBehaviour';
const NEWEST = 'sync2.newIsTheBestMergeBehaviour';

/** Its two switches of manual synchronisation (sync2 1.6), by the direction that each is about. */
const MANUAL_RUNS: Readonly<Record<string, 'pull' | 'push'>> = { 'sync2.enableManualPullFromParent': 'pull', 'sync2.enableManualPushToParent': 'push' };

/** What became of each property of Sync 2.0 and the FHIR module that was given; others are none of ours. Logins and passwords are never repeated. */
export function notesOfSettings(settings: Settings): readonly ImportNote[] {
  return Object.entries(settings).flatMap(([name, value]) => noteOf(name, value) ?? []);
}

function noteOf(name: string, value: string): ImportNote | null {
  if ((MERGE_PROPERTIES as readonly string[]).includes(name)) return mergeNote(name, value);
  if (name === FILTER_LOCATION) return null;
  if (/^sync2\.(parent|local)\.user\.(login|password)$/.test(name)) return changed(name, 'was not copied; the login is read from the environment');
  if (name === 'sync2.resource.preferred.client')
    return value === 'rest' || value === ''
      ? kept(name, 'client: rest of both sites')
      : changed(name, `was ${value}; REST does all of it and loses nothing, or fhir2 what it can where the site says client: fhir-r4`);
  if (name === 'sync2.event.handler')
    return value === 'atomfeed' || value === ''
      ? kept(name, 'feed.handler of both sites, which is atomfeed where it says nothing')
      : lost(name, `was ${value}, a handler of your own; the draft follows feeds: see feed.handler for the others there are`);
  if (MANUAL_RUNS[name] !== undefined) return kept(name, `manualRuns.${MANUAL_RUNS[name]} of the link, on where it says nothing`);
  if (name.startsWith('fhir.')) return lost(name, 'chose how the legacy FHIR module converts; fhir2 has its own ways, and REST needs none');
  return name.startsWith('sync2.') ? lost(name, 'an unknown property') : null;
}

function mergeNote(name: string, value: string): ImportNote | null {
  if (value === '' || value === RESTRICT)
    return kept(
      name,
      'policies: manual, as where nothing is said: a person is asked where both ends changed one thing; what only one changed is merged by itself',
    );
  if (value === NEWEST)
    return changed(
      name,
      'is policies.default: newest of the link, field by field: the newest version won, by the clocks of two servers; here the value that the hub saw later does, and a person is asked where it saw both at once, at first contact, and about deletions',
    );
  return lost(
    name,
    `was a strategy of your own (${value.slice(0, 80)}); make it a plug-in of the kind policy and name it in policies of the link (docs/plugins.md)`,
  );
}

/** What decides conflicts on the link, where the property says something else than a person. */
export function policiesOf(settings: Settings): { readonly policies?: { readonly default: 'newest' } } {
  return MERGE_PROPERTIES.some((name) => settings[name] === NEWEST) ? { policies: { default: 'newest' } } : {};
}

/** The directions in which people may not have the link looked through by hand. */
export function manualRunsOf(settings: Settings): { readonly manualRuns?: Readonly<Record<string, false>> } {
  const off = Object.entries(MANUAL_RUNS).filter(([name]) => settings[name] !== undefined && settings[name] !== '' && !isOn(settings[name]));
  return off.length === 0 ? {} : { manualRuns: Object.fromEntries(off.map(([, direction]) => [direction, false])) };
}
