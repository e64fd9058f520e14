import { userInfo } from 'node:os';
import { type Configuration, linkOf } from '@sync-hub/configuration';
import {
  BugError,
  type DepartedPatient,
  type ErasedCounts,
  type FollowedPatient,
  type PatientDesk,
  type PatientErased,
  type PatientList,
  type StoppedPatient,
  Uuid,
} from '@sync-hub/contracts';
import { parsed } from './parsed.js';
import { restLines } from './rest-lines.js';

type Say = (line: string) => void;

export const PATIENT_USAGE = `patient list [--json]                               who is stopped, who is followed, and who has left a catchment
patient stop UUID [--link LINK] --reason WHY [--json]  nothing of hers, or of what hangs on her, is written on any link, or on that one, until somebody lets her go on; what is to be written is held
patient resume UUID [--link LINK] [--reason WHY] [--json]  she goes on, and all that was held of her
patient erase UUID [--confirm UUID --reason WHY] [--json]  says how much is stored of her, who is stopped; with her uuid once more: has it forgotten
patient follow LINK UUID --for 30d [--reason WHY]   she goes to the child with her history, whatever its catchment says, for so many days (d) or hours (h)
patient unfollow LINK UUID                          ... no longer; what becomes of her copy is the link's whenPatientLeaves`;

const OPTIONS = {
  confirm: { type: 'string' },
  link: { type: 'string' },
  reason: { type: 'string' },
  for: { type: 'string' },
  json: { type: 'boolean' },
} as const;

interface PatientCommands {
  readonly configuration: Configuration;
  readonly desk: () => Promise<PatientDesk>;
  readonly say: Say;
}

interface Given {
  readonly words: readonly string[];
  readonly link?: string | undefined;
  readonly reason?: string | undefined;
  readonly time?: string | undefined;
  readonly confirm?: string | undefined;
  readonly isJson: boolean;
}

const UNITS: Readonly<Record<string, number>> = { h: 3600, d: 86_400 };
const MOST_SECONDS = 366 * 86_400;

/** How many seconds `30d` or `12h` are; throws where it is neither, or more than a year. */
export function secondsOf(text: string | undefined): number {
  const [, number, unit = ''] = /^([1-9][0-9]{0,4})([hd])$/.exec(text ?? '') ?? [];
  const seconds = Number(number) * (UNITS[unit] ?? Number.NaN);
  if (!(seconds <= MOST_SECONDS)) throw new BugError('for how long? say --for with hours or days, a year at most: --for 12h, --for 30d');
  return seconds;
}

/** The commands that begin with `patient`. What is said of them lies in the outbox, and the running hub's sweep sends it within seconds. */
export async function patients(args: readonly string[], on: PatientCommands): Promise<number> {
  const { words = [], values } = parsed(args, OPTIONS) ?? {};
  const [what, ...more] = words;
  const given = { words: more, link: values?.link, reason: values?.reason, time: values?.for, confirm: values?.confirm, isJson: values?.json === true };
  switch (what) {
    case 'list':
      return list(on, given);
    case 'stop':
      return stop(on, given);
    case 'resume':
      return resume(on, given);
    case 'erase':
      return erase(on, given);
    case 'follow':
    case 'unfollow':
      return follow(on, what, given);
    default:
      on.say(PATIENT_USAGE);
      return 1;
  }
}

async function list({ desk, say }: PatientCommands, { isJson }: Given): Promise<number> {
  const found = await (await desk()).list();
  for (const line of isJson ? [JSON.stringify(found, null, 2)] : listLines(found)) say(line);
  return 0;
}

async function stop({ configuration, desk, say }: PatientCommands, { words: [uuid], link, reason, isJson }: Given): Promise<number> {
  const patient = uuidOf(uuid);
  if (link !== undefined) demandLink(configuration, link);
  if ((reason ?? '').trim() === '') throw new BugError('why? say --reason, for whoever finds her stopped');
  const stopped = await (await desk()).stop({ patient, by: userInfo().username, reason, ...(link === undefined ? {} : { link }) });
  if (stopped.outcome === 'no-such-link') throw elsewhere(link);
  if (isJson) say(JSON.stringify(stopped, null, 2));
  else {
    say(
      stopped.outcome === 'as-it-is'
        ? 'She is stopped there already.'
        : `She is stopped${onLink(link)}: nothing of hers is written, and what is to be is held.`,
    );
    if (stopped.patient !== patient) say(`The hub knows her as ${stopped.patient}.`);
    if (stopped.underWay > 0) say(`${stopped.underWay} that had begun before come to their end.`);
    if (!stopped.isKnown) say('Nothing of such a patient has been seen here; what comes of her is stopped.');
    if (stopped.elsewhere.length > 0) say(`Other instances run ${stopped.elsewhere.join(', ')}: stop her there, too.`);
  }
  return stopped.outcome === 'done' ? 0 : 1;
}

async function resume({ configuration, desk, say }: PatientCommands, { words: [uuid], link, reason, isJson }: Given): Promise<number> {
  const patient = uuidOf(uuid);
  if (link !== undefined) demandLink(configuration, link);
  const resumed = await (await desk()).resume({
    patient,
    by: userInfo().username,
    ...(reason === undefined ? {} : { reason }),
    ...(link === undefined ? {} : { link }),
  });
  if (resumed.outcome === 'no-such-link') throw elsewhere(link);
  if (isJson) say(JSON.stringify(resumed, null, 2));
  else say(resumed.outcome === 'done' ? `She goes on${onLink(link)}: ${resumed.woken} held are looked at again.` : `She is not stopped${onLink(link)}.`);
  return resumed.outcome === 'done' ? 0 : 1;
}

async function erase({ desk, say }: PatientCommands, { words: [uuid], confirm, reason, isJson }: Given): Promise<number> {
  const patient = uuidOf(uuid);
  if (confirm === undefined) {
    const counts = await (await desk()).kept(patient);
    for (const line of isJson ? [JSON.stringify(counts, null, 2)] : [countsLine('Stored of her are', counts), TO_ERASE]) say(line);
    return 1;
  }
  if ((reason ?? '').trim() === '') throw new BugError('why? say --reason; it stays, so that it names nobody');
  const { outcome, counts } = await (await desk()).erase({ patient, confirm, reason: reason ?? '', by: userInfo().username });
  if (isJson) say(JSON.stringify({ outcome, counts }, null, 2));
  else say(counts === null ? NOT_ERASED[outcome] : countsLine('Forgotten are', counts));
  return outcome === 'done' ? 0 : 1;
}

const TO_ERASE =
  'Nothing was forgotten. To have it forgotten: patient stop UUID --reason WHY, on every link, and then patient erase UUID --confirm UUID --reason WHY.';

const NOT_ERASED: Readonly<Record<PatientErased['outcome'], string>> = {
  done: 'Forgotten.',
  'not-stopped': 'Nothing was forgotten: stop her first, on every link (patient stop UUID --reason WHY).',
  'in-hand': 'Nothing was forgotten: something of hers is looked at, or written, at this moment. Try again in a minute.',
  'not-confirmed': 'Nothing was forgotten: what --confirm says is not her uuid.',
};

const countsLine = (title: string, of: ErasedCounts): string =>
  `${title} ${of.records} records: ${of.snapshots} snapshots, ${of.agreements} agreements, ${of.held} held, ${of.conflicts} conflicts, ${of.decisions} decisions, ${of.writes} notes of writes, ${of.bodies} bodies that were sent, ${of.words} search words, ${of.received} conflicts of other instances.`;

async function follow({ configuration, desk, say }: PatientCommands, what: 'follow' | 'unfollow', { words: [id, uuid], time, reason }: Given): Promise<number> {
  const link = demandLink(configuration, id ?? '');
  const patient = uuidOf(uuid);
  const by = userInfo().username;
  const on = { link: link.id, patient, by, ...(reason === undefined ? {} : { reason }) };
  const outcome = what === 'follow' ? await (await desk()).follow({ ...on, seconds: secondsOf(time) }) : await (await desk()).unfollow(on);
  if (outcome === 'no-such-link') throw elsewhere(link.id);
  if (outcome === 'not-pulled') throw new BugError(`nothing of patients goes to ${link.child} on ${link.id}: its class patient is not pulled`);
  if (outcome === 'as-it-is') say(`She is not followed on ${link.id}.`);
  else if (what === 'follow') say(`She goes to ${link.child} with her history, whatever its catchment says, for ${time}.`);
  else say(`She is at ${link.child} by its catchment alone from now on (whenPatientLeaves: ${link.whenPatientLeaves}).`);
  for (const line of outcome === 'done' ? restLines(configuration, [link.parent, link.child]) : []) say(line);
  return outcome === 'done' ? 0 : 1;
}

const stoppedLine = ({ patient, link, by, since, reason, waiting, erasedAt }: StoppedPatient): string =>
  `  ${patient}  ${link ?? 'every link'}  by ${by} since ${since}, ${erasedAt === null ? `${waiting} held` : `erased ${erasedAt}`}${reasonText(reason)}`;

const followedLine = ({ patient, link, by, until, reason }: FollowedPatient): string => `  ${patient}  ${link}  until ${until}, by ${by}${reasonText(reason)}`;

const departedLine = ({ patient, link, state, waitsFor, since }: DepartedPatient): string =>
  `  ${patient}  ${link}  ${state} since ${since}${waitsFor === null ? '' : `, waiting (${waitsFor})`}`;

const reasonText = (reason: string | null): string => (reason === null ? '' : `: ${reason.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, ' ')}`);

const part = (title: string, lines: readonly string[]): readonly string[] => (lines.length === 0 ? [] : [title, ...lines]);

export function listLines({ stopped, followed, departed }: PatientList): readonly string[] {
  const lines = [
    ...part('Stopped:', stopped.map(stoppedLine)),
    ...part('Followed:', followed.map(followedLine)),
    ...part('Left a catchment:', departed.map(departedLine)),
  ];
  return lines.length === 0 ? ['Nobody is stopped or followed, and nobody has left a catchment.'] : lines;
}

const onLink = (link: string | undefined): string => (link === undefined ? '' : ` on ${link}`);

const elsewhere = (link: string | undefined): BugError => new BugError(`link ${link} is run by another instance (runsAt): do it there`);

function uuidOf(text: string | undefined): Uuid {
  const uuid = Uuid.safeParse(text);
  if (!uuid.success) throw new BugError('which patient? her uuid, as the parent shows it');
  return uuid.data;
}

function demandLink(current: Configuration, id: string) {
  const link = linkOf(current, id);
  if (link === null) throw new BugError(`there is no link ${id} in the configuration; its links are ${current.links.map((one) => one.id).join(', ')}`);
  return link;
}
