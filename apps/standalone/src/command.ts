import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Configuration, routesOf, shownOf } from '@sync-hub/configuration';
import { BugError, TransientError } from '@sync-hub/contracts';
import {
  ChangeRepository,
  ClosedClassRepository,
  type Database,
  DepartureRepository,
  isMigrated,
  migrate,
  OverviewRepository,
  openDatabase,
  PatientStopRepository,
  runningEmbeddedPostgres,
  SiteRepository,
} from '@sync-hub/persistence';
import { accountDesksOn, checkSite, linkDeskOn, patientDeskOn, readConfiguration, readEnv } from '@sync-hub/runtime';
import { accounts } from './account-commands.js';
import { audit } from './audit-commands.js';
import { configurationHistory, isOfHistory } from './configuration-commands.js';
import { conflicts } from './conflict-commands.js';
import { reportConflicts } from './conflict-report.js';
import { conflictRules, isOfRules } from './conflict-rule-commands.js';
import { departureLines, stoppedLines } from './departure-lines.js';
import { deskFor, vaultFor } from './desk-for.js';
import { backUp, forgetAgreements, restore } from './embedded-commands.js';
import { errorWords } from './error-words.js';
import { rewindFeed } from './feed-command.js';
import { findingLines } from './finding-lines.js';
import { held } from './held-commands.js';
import { heldDeskFor, recordDeskFor } from './held-desk-for.js';
import { importConfiguration } from './import-command.js';
import { links } from './link-commands.js';
import { messagesOn } from './message-commands.js';
import { compareMetadataOf, pullMetadata } from './metadata-commands.js';
import { pairing } from './pairing-commands.js';
import { patients } from './patient-commands.js';
import { records } from './record-commands.js';
import { redrive, redriveOf } from './redrive-command.js';
import { restLines } from './rest-lines.js';
import { siteRole } from './role-command.js';
import { closedClassLines, statusLines } from './status-lines.js';
import { syncOn } from './sync-commands.js';

const USAGE = `OpenMRS Sync Hub, from the command line

  config check [FILE]     is the configuration valid? names every mistake with its place, and what sites have said they cannot take
  config import SYNC2.JSON  makes a draft of one from a child's Sync 2.0; says what it could not carry over (without arguments: how)
  config history|show|diff|rollback  who changed the configuration, when, why and where; and an earlier one again (config show: how)
  migrate [--wait]        brings the database up to date (DATABASE_URL); --wait: waits until somebody else has
  backup FOLDER           copies the embedded database of a stopped hub (SYNC_HUB_DATA) to a new folder; the keys are not in it
  restore FOLDER          puts such a copy in its place; every record is then looked at as if for the first time
  forget-agreements       the same without a backup, for when the keys are lost for good
  status                  sites, routes and what is held, as the console shows them
  parked list|show|why|redrive|discard|park  what is held, by cause, and what helps (without arguments: how)
  record show UUID|IDENTIFIER|NAME  where a record is now, why it waits, and all that was said of it
  redrive ID              looks again at one held job or change
  redrive --reason WHY    ... at all that is parked for that reason (refused, class-closed, unmapped, gave-up, oscillates, broken)
  redrive --all           ... at everything held
  sync pull|push|list|show|cancel  a link is looked through now, by hand: all of it, one category, records, or one patient (without arguments: how)
  feed rewind SITE CATEGORY | --all  a feed is read from its start again; what is as agreed ends at its look, nothing is written twice
  link pause|drain|resume|release LINK  nothing is written on a link, or what is in hand alone, until it goes on; its brake is released (without arguments: how)
  metadata compare LINK   compares the metadata of a link's ends now, and says what differs, by name; writes nothing there
  metadata pull LINK KIND UUID [--write]  says what is made at the child with it, of what that lacks; --write: has it made as the parent has it, though its class is off
  patient stop|resume|list|erase|follow|unfollow  nothing of one patient is written until somebody lets her go on; what is stored of one is forgotten; one goes to a child for a while (without arguments: how)
  conflict list|show|answer|assign|note|dismiss  what both ends changed, and somebody must choose (without arguments: how)
  conflict rules|rule add|rule revoke|resolve  what people made of decisions: always so for this field on this link; many answered by one policy (conflict rule: how)
  conflict report [--by week|month] [--since DAY] [--json | --csv]  conflicts that were opened and closed, by link, kind, field and who answered
  pairing LINK            who is perhaps one person under two uuids, by identifier; writes nothing there (without arguments: how, and how one is accepted)
  audit list|export|verify|drop  what was said and done, by whom and when; and whether it is still as it was written (without arguments: how)
  account list|add|role|password|disable|enable, token list|add|revoke  who may use the console, as what, and what programs ask with (account: how)
  messages test|list      whether people can be told of what needs them, and what they were told (without arguments: how)
  site check ID [--json]  is the site ready? address, login, privileges, versions, clock, characters, classes, feeds and settings, with what to do; writes nothing there
  site role ID            the role that our account needs there, as SQL or for Initializer (without arguments: how)
  site accept ID          you have looked at a quarantined site: its data begins a new generation and is read from the start

The configuration is SYNC_HUB_CONFIG; the database is DATABASE_URL, or the embedded one of SYNC_HUB_DATA while the hub runs.`;

type Say = (line: string) => void;

/** Carries out one command and answers with the exit code. Errors are said in words, never with a stack. */
export async function command(args: readonly string[], say: Say): Promise<number> {
  try {
    return await carryOut(args, say);
  } catch (error) {
    say(errorWords(error));
    return 1;
  }
}

async function carryOut(args: readonly string[], say: Say): Promise<number> {
  const [first, second, third] = args;
  if (first === 'config' && (second === 'check' || second === 'import' || isOfHistory(second))) return onConfiguration(args.slice(1), say);
  if (first === 'migrate') return bringUpToDate(second === '--wait', say);
  if (first === 'backup' && second !== undefined) return backUp(dataDir(), second, say);
  if (first === 'restore' && second !== undefined) return restore(dataDir(), second, await configuration(), say);
  if (first === 'forget-agreements') return forgetAgreements(dataDir(), await configuration(), say);
  if (first === 'status') return withDatabase(async (database) => status(database, await configuration(), say));
  if (first === 'redrive' && second !== undefined) return withDatabase((database) => redrive(database, redriveOf(second, third), say));
  if (first === 'site' && second === 'check' && third !== undefined) return check(await configuration(), third, args.includes('--json'), say);
  if (first === 'site' && second === 'role') {
    const current = await configuration();
    return siteRole(args.slice(2), current, (site) => demandSite(current, site), say);
  }
  if (first === 'site' && second === 'accept' && third !== undefined)
    return withDatabase(async (database) => acceptSite(database, await configuration(), third, say));
  if (first === 'metadata' && second === 'compare' && third !== undefined)
    return withDatabase(async (database) => compareMetadataOf(database, await configuration(), third, say));
  if (first === 'metadata' && second === 'pull' && args.filter((one) => one !== '--write').length === 5)
    return withDatabase(async (database) => pullMetadata(database, await configuration(), args.slice(2), say));
  if (first === 'conflict' && isOfRules(second))
    return withDatabase(async (database) => conflictRules(args.slice(1), { database, configuration: await configuration(), say }));
  if (first === 'conflict' && second === 'report') return withDatabase((database) => reportConflicts(args.slice(2), database, say));
  if (first === 'conflict') return withDatabase(async (database) => conflicts(args.slice(1), await deskFor(database, await configuration()), say));
  if (first === 'sync') return withDatabase(async (database) => syncOn(args.slice(1), { database, configuration: await configuration(), say }));
  if (first === 'parked') return withDatabase(async (database, url) => held(args.slice(1), await heldDeskFor(database, url, await configuration()), say));
  if (first === 'record') return withDatabase(async (database) => records(args.slice(1), await recordDeskFor(database, await configuration()), say));
  if (first === 'feed') return withDatabase(async (database) => rewindFeed(args.slice(1), database, await configuration(), say));
  if (first === 'messages') return messagesOn(args.slice(1), await configuration(), withDatabase, say);
  if (first === 'pairing') return withDatabase(async (database) => pairing(args.slice(1), database, await configuration(), say));
  if (first === 'account' || first === 'token')
    return withDatabase(async (database) => accounts(args, accountDesksOn(database, (await configuration()).instance.id).accounts, say));
  if (first === 'audit') return withDatabase((database) => audit(args.slice(1), { database, configuration, vault: () => vaultFor(database), say }));
  if (first === 'link') return withDatabase(async (database) => linksOn(database, await configuration(), args.slice(1), say));
  if (first === 'patient') return withDatabase(async (database) => patientsOn(database, await configuration(), args.slice(1), say));
  say(USAGE);
  return first === undefined || first === 'help' ? 0 : 1;
}

const dataDir = (): string => readEnv(['SYNC_HUB_DATA']).SYNC_HUB_DATA;

const LOOK_EVERY_MS = 2000;

/** A database that does not answer yet is waited for too. */
async function bringUpToDate(byOthers: boolean, say: Say): Promise<number> {
  const { DATABASE_URL: url } = readEnv(['DATABASE_URL']);
  if (!byOthers) await migrate(url);
  else {
    say('Waiting until the database is up to date.');
    while (!(await isMigrated(url).catch(falseIfBusy))) await sleep(LOOK_EVERY_MS);
  }
  say('The database is up to date.');
  return 0;
}

function falseIfBusy(error: unknown): false {
  if (error instanceof TransientError) return false;
  throw error;
}

async function onConfiguration(args: readonly string[], say: Say): Promise<number> {
  if (args[0] === 'check') return checkConfiguration(args[1], say);
  if (args[0] === 'import') return importConfiguration(args.slice(1), say);
  const { SYNC_HUB_CONFIG: file } = readEnv(['SYNC_HUB_CONFIG']);
  return withDatabase(async (database) => configurationHistory(args, { database, vault: await vaultFor(database), file, say }));
}

async function checkConfiguration(file: string | undefined, say: Say): Promise<number> {
  const name = file ?? readEnv(['SYNC_HUB_CONFIG']).SYNC_HUB_CONFIG;
  const checked = await readConfiguration(name);
  const { sites, links } = checked;
  say(`${name} is valid: ${sites.length} sites, ${links.length} links.`);
  for (const { id, mode } of links) if (mode === 'observe') say(`Link ${id} is only observed: nothing is written on it until it says mode: live.`);
  for (const line of await closedLines(checked)) say(line);
  return 0;
}

/** What its sites take no record of, as they said when they were last asked: where there is a hub's database to look it up in. */
async function closedLines(checked: Configuration): Promise<readonly string[]> {
  const url = await databaseUrl();
  if (url === null || !(await isMigrated(url).catch(falseIfBusy))) return [];
  const database = await openDatabase(url, 1);
  try {
    return closedClassLines(await new ClosedClassRepository(database).shown(shownOf(checked)), new Date());
  } finally {
    await database.close();
  }
}

/** 0 where there is no problem; warnings are for a person to weigh. */
async function check(current: Configuration, site: string, asJson: boolean, say: Say): Promise<number> {
  demandSite(current, site);
  const findings = await checkSite(current, site);
  for (const line of asJson ? [JSON.stringify({ site, findings }, null, 2)] : [...findingLines(site, findings), ...restLines(current, [site])]) say(line);
  return findings.some(({ verdict }) => verdict === 'problem') ? 1 : 0;
}

function demandSite(current: Configuration, site: string): void {
  if (!current.sites.some(({ id }) => id === site))
    throw new BugError(`there is no site ${site} in the configuration; its sites are ${current.sites.map(({ id }) => id).join(', ')}`);
}

const configuration = async (): Promise<Configuration> => readConfiguration(readEnv(['SYNC_HUB_CONFIG']).SYNC_HUB_CONFIG);

/** That of the environment, or of a standalone hub that is running; `null` where there is neither. */
async function databaseUrl(): Promise<string | null> {
  const env = readEnv([]);
  return env.DATABASE_URL ?? (env.SYNC_HUB_DATA === undefined ? null : runningEmbeddedPostgres(path.join(env.SYNC_HUB_DATA, 'postgres')));
}

async function withDatabase(work: (database: Database, url: string) => Promise<number>): Promise<number> {
  const url = await databaseUrl();
  if (url === null) throw new BugError('no database: set DATABASE_URL, or SYNC_HUB_DATA to the data folder of a hub that is running');
  const database = await openDatabase(url, 2);
  try {
    return await work(database, url);
  } finally {
    await database.close();
  }
}

async function status(database: Database, current: Configuration, say: Say): Promise<number> {
  const overview = await new OverviewRepository(database, () => shownOf(current)).read();
  for (const line of statusLines(overview)) say(line);
  for (const line of departureLines(await new DepartureRepository(database).overview())) say(line);
  for (const line of stoppedLines(await new PatientStopRepository(database).list())) say(line);
  return 0;
}

const linksOn = (database: Database, current: Configuration, args: readonly string[], say: Say): Promise<number> =>
  links(args, { database, configuration: current, say, desk: async () => linkDeskOn(database, await vaultFor(database), () => current) });

const patientsOn = async (database: Database, current: Configuration, args: readonly string[], say: Say): Promise<number> =>
  patients(args, { configuration: current, say, desk: async () => patientDeskOn(database, await vaultFor(database), () => current) });

async function acceptSite(database: Database, current: Configuration, site: string, say: Say): Promise<number> {
  const links = routesOf(current, site).map(({ link }) => link.id);
  demandSite(current, site);
  const { result: generation } = await database.transaction(async (tx) => {
    const begun = await new SiteRepository(database).beginGeneration(tx, site);
    await new ChangeRepository(database).openForAgreed(tx, site, links);
    return begun;
  });
  say(`${site} begins generation ${generation}: its feeds are read from the start, and every record agreed with it is looked at again.`);
  return 0;
}
