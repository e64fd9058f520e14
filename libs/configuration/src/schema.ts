import { CLIENTS, EVENT_HANDLERS, FEED_FLAVOURS } from '@sync-hub/categories';
import { METADATA, ofMetadata, SiteId, Uuid } from '@sync-hub/contracts';
import { z } from 'zod';
import { catchment } from './catchment.schema.js';
import { exclude } from './exclude.schema.js';
import { messages } from './messages.schema.js';
import { oidcSection } from './oidc.schema.js';
import { pluginUses } from './plugin-uses.schema.js';
import { policies } from './policies.schema.js';
import { secret } from './secret.schema.js';
import { listOf, oneOf, section, tableOf, textThat, trueOrFalse, trueOrFalseOr, wholeNumber } from './section.js';
import { widget } from './widget.schema.js';
import { schedule, windows } from './windows.schema.js';

const id = textThat('1 to 63 lower-case letters, digits and dashes, without dots, starting with a letter or digit', (text) => SiteId.safeParse(text).success);
const words = textThat('a few words of text', (text) => text.trim() !== '');

const BASE_URL = 'an http or https address with its context path, such as https://emr.example.org/openmrs, without a user, a query or a slash at the end';
const isAddress = (text: string): boolean => {
  if (!/^https?:\/\/[^\s?#@]+[^\s?#@/]$/i.test(text) || !URL.canParse(text)) return false;
  const url = new URL(text);
  return url.username === '' && url.password === '';
};
const baseUrl = textThat(BASE_URL, isAddress);
/** What stands for the uuid of a patient in the address of a page. */
export const PATIENT_UUID = '{uuid}';
const PATIENT_PAGE = `the http or https address at which the site's own pages show a patient, with ${PATIENT_UUID} for the patient, such as https://emr.example.org/openmrs/spa/patient/{uuid}/chart`;
const isPatientPage = (text: string): boolean => {
  const url = URL.canParse(text) ? new URL(text) : null;
  return (
    url !== null &&
    /^https?:$/.test(url.protocol) &&
    url.username === '' &&
    url.password === '' &&
    !/\s/.test(text) &&
    text.indexOf(PATIENT_UUID) > text.indexOf(url.host)
  );
};
const HUB_URL = 'the http or https address at which another instance receives, such as https://hub.example.org, without a user, a query or a slash at the end';

const CONSOLE_URL =
  'the https address at which people open the console, such as https://sync.example.org: a proxy with TLS in front of it; without a user, a path or a slash at the end';
const isHttpsOrigin = (text: string): boolean => isAddress(text) && new URL(text).protocol === 'https:' && new URL(text).origin === text;

const timeZone = textThat('a time zone by its IANA name, such as Africa/Nairobi', (text) => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
});

/**
 * Categories of the generic module's feed that lead to records we move (atomfeed module, defaultAtomfeedConfig.json), those included under which
 * only a site's own configuration of the module tells of them.
 */
export const FEED_CATEGORIES = [
  'location',
  'person',
  'person_name',
  'person_address',
  'person_attribute',
  'patient',
  'patient_identifier',
  'visit',
  'encounter',
  'observation',
  'relationship',
  'programenrollment',
  'condition',
  'diagnosis',
  'order',
  'drug_order',
  'test_order',
  'medicationdispense',
  'allergy',
  'diagnosticreport',
  'task',
  'appointments',
  'cohort',
  'user',
  'systemsetting',
  ...METADATA,
] as const;
export type FeedCategory = (typeof FEED_CATEGORIES)[number];

const feed = section({
  handler: oneOf(EVENT_HANDLERS).default('atomfeed'),
  startAt: oneOf(['beginning', 'now']),
  categories: listOf(oneOf(FEED_CATEGORIES), 'feed categories', 1).optional(),
  pollSeconds: wholeNumber(1, 86_400, 'seconds').default(10),
  flavour: oneOf(FEED_FLAVOURS).default('generic'),
  auditEveryHours: wholeNumber(1, 24 * 31, 'hours').optional(),
  secret: secret.optional(),
});

const site = section({
  id,
  title: words.optional(),
  baseUrl,
  patientPage: textThat(PATIENT_PAGE, isPatientPage).optional(),
  login: section({ username: secret, password: secret }),
  client: oneOf(CLIENTS),
  maxInFlight: wholeNumber(1, 256, 'requests at once').default(6),
  feed,
  timeZone: timeZone.optional(),
  windows,
  longestRequestSeconds: wholeNumber(1, 3_600, 'seconds').default(60),
});
/** A server that takes part, and how it is spoken to. */
export type SiteConfiguration = z.infer<typeof site>;

/** Where a process of ours listens. */
const listening = { host: words.default('127.0.0.1'), port: wholeNumber(0, 65_535, 'the number of a port, 0 for a free one') };

/** Where sites that tell of their changes themselves send them. */
const webhooks = section(listening);

/** The instance to which this one ships its audit, the secret by which they know each other, and whether conflicts may be answered there: what both ends of one hold goes there too, then. */
const reportsTo = section({ url: textThat(HUB_URL, isAddress), secret, conflicts: trueOrFalse.default(false) });

/** Where this instance receives the audit of others, and of whom. */
const receives = section({
  ...listening,
  from: listOf(section({ id, secret, heardWithinMinutes: wholeNumber(1, 60 * 24 * 31, 'minutes').optional() }), 'instances', 1),
});

/** An instance that reports here is heard of within so many minutes, unless it says otherwise. */
export const HEARD_WITHIN_MINUTES = 15;

/** For how many days what was sent to sites and what they answered is kept, sealed; nothing of it where nothing is said. */
const bodies = section({ keepDays: wholeNumber(1, 3660, 'days') });

/** How many whole months of the audit are kept beside this one; all where nothing is said. */
const audit = section({ keepMonths: wholeNumber(1, 1200, 'months').optional(), bodies: bodies.optional() });

/** How people on other machines reach the console, where it listens, and who else vouches for people; on this machine alone, where nothing is said. */
const consoleSection = section({
  url: textThat(CONSOLE_URL, isHttpsOrigin),
  host: words.default('127.0.0.1'),
  oidc: oidcSection(secret).optional(),
  widget: widget.optional(),
});

const directions = section({ pull: trueOrFalse.default(false), push: trueOrFalse.default(false), client: oneOf(CLIENTS).optional() }).optional();

/** Metadata that is written, compared with the parent's and reported, or left alone (`metadataModeOn` says what is meant where nothing is said). */
const metadataDirections = section({
  pull: trueOrFalseOr('compare').default(false),
  push: trueOrFalse.default(false),
  client: oneOf(CLIENTS).optional(),
}).optional();

const uuid = textThat('an OpenMRS uuid: 1 to 38 letters, digits, dots, dashes or underscores', (text) => Uuid.safeParse(text).success);

/** What the child has under uuids of its own: the parent's uuid, and the child's. */
const uuids = tableOf(uuid, uuid, "OpenMRS uuids, the parent's as keys and the child's as values").optional();

/** How much may be voided on a link before it is paused for a person to look: records within an hour, and the share of one kind of record within a day. */
const brake = section({
  voidsPerHour: wholeNumber(1, 1_000_000, 'records voided within an hour').default(50),
  percentOfCategory: wholeNumber(1, 100, 'percent of the records of one kind, voided within a day').default(5),
}).prefault({});

/** May people have the link looked through by hand, in each direction? */
const manualRuns = section({ pull: trueOrFalse.default(true), push: trueOrFalse.default(true) }).prefault({});

/** How old what is not yet at its target may be, in each direction, before the link is late; also for how long its ends may be out of reach. */
const FRESH_WITHIN = 15 * 60;
const freshSeconds = wholeNumber(1, 30 * 86_400, 'seconds').default(FRESH_WITHIN);
const freshness = section({ pullSeconds: freshSeconds, pushSeconds: freshSeconds }).prefault({});

const link = section({
  id,
  parent: id,
  child: id,
  runsAt: id,
  mode: oneOf(['observe', 'live']).default('observe'),
  client: oneOf(CLIENTS).optional(),
  classes: section({
    location: directions,
    person: directions,
    patient: directions,
    visit: directions,
    encounter: directions,
    observation: directions,
    relationship: directions,
    programenrollment: directions,
    condition: directions,
    diagnosis: directions,
    order: directions,
    medicationdispense: directions,
    allergy: directions,
    diagnosticreport: directions,
    task: directions,
    appointment: directions,
    cohort: directions,
    user: directions,
    systemsetting: directions,
    // Accepted beside the classes by which it travels (`immunizationProblems`).
    immunization: directions,
    // Off unless named.
    ...ofMetadata(() => metadataDirections),
  }),
  mappings: section({ location: uuids, ...ofMetadata(() => uuids) }).optional(),
  settings: listOf(words, 'names of settings').optional(),
  metadataFromChild: trueOrFalse.default(false),
  persons: oneOf(['referred-to', 'everyone']).default('referred-to'),
  brake,
  schedule,
  freshness,
  manualRuns,
  whenPatientLeaves: oneOf(['keep', 'retire']).default('keep'),
  catchment,
  exclude,
  filters: pluginUses,
  validators: pluginUses,
  policies,
});
/** One child and its parent: who runs it, whether anything is written yet, what travels which way, and which patients the child holds. */
export type LinkConfiguration = z.infer<typeof link>;

/** The shape of the file. What must hold over the whole of it is in `wholeProblems`. */
export const ConfigurationFile = section({
  instance: section({
    id,
    readOnly: trueOrFalse.default(false),
    webhooks: webhooks.optional(),
    reportsTo: reportsTo.optional(),
    receives: receives.optional(),
    audit: audit.optional(),
    console: consoleSection.optional(),
  }),
  sites: listOf(site, 'sites', 1),
  links: listOf(link, 'links'),
  policies,
  messages: messages.optional(),
});
/** A valid configuration: defaults filled in, every name resolved, nothing unknown in it. */
export type Configuration = z.infer<typeof ConfigurationFile>;
