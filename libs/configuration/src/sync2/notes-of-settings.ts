import { readSourceText } from '../source-text.js';
import { changed, type ImportNote, isOn, lost, objectOf, objectsOf, textOf } from './note.js';

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

/** What became of each property of Sync 2.0 and the FHIR module that was given; others are none of ours. Logins and passwords are never repeated. */
export function notesOfSettings(settings: Settings): readonly ImportNote[] {
  return Object.entries(settings).flatMap(([name, value]) => noteOf(name, value) ?? []);
}

function noteOf(name: string, value: string): ImportNote | null {
  if ((MERGE_PROPERTIES as readonly string[]).includes(name)) return mergeNote(name, value);
  if (name === FILTER_LOCATION) return null;
  if (/^sync2\.(parent|local)\.user\.(login|password)$/.test(name)) return changed(name, 'was not copied; the login is read from the environment');
  if (name === 'sync2.resource.preferred.client') return value === 'rest' || value === '' ? null : changed(name, `was ${value}; everything travels by rest`);
  if (name === 'sync2.event.handler')
    return value === 'atomfeed' || value === '' ? null : lost(name, `was ${value}; only the sites' own atom feeds are followed`);
  if (/^sync2\.enableManual(PullFromParent|PushToParent)$/.test(name))
    return isOn(value) ? null : changed(name, 'feeds are followed all the time, and nobody is offered a run by hand');
  if (name.startsWith('fhir.')) return lost(name, 'chose how the FHIR module writes; nothing travels by FHIR');
  return name.startsWith('sync2.') ? lost(name, 'an unknown property') : null;
}

function mergeNote(name: string, value: string): ImportNote | null {
  if (value === '' || value === RESTRICT) return null;
  if (value === NEWEST)
    return changed(
      name,
      'the newest version won, by the clocks of two servers; here fields are merged one by one, and a person is asked where both ends changed one',
    );
  return lost(name, `was a strategy of your own (${value.slice(0, 80)}); fields are merged one by one, and a person is asked where both ends changed one`);
}
