import { userInfo } from 'node:os';
import { type Configuration, linkOf } from '@sync-hub/configuration';
import { BugError, type RecordRef, Uuid } from '@sync-hub/contracts';
import { ChangeRepository, type Database, FollowedRepository } from '@sync-hub/persistence';
import { restLines } from './rest-lines.js';

type Say = (line: string) => void;

const UNITS: Readonly<Record<string, number>> = { h: 3600, d: 86_400 };
const MOST_SECONDS = 366 * 86_400;

/** How many seconds `30d` or `12h` are; throws where it is neither, or more than a year. */
export function secondsOf(text: string | undefined): number {
  const [, number, unit = ''] = /^([1-9][0-9]{0,4})([hd])$/.exec(text ?? '') ?? [];
  const seconds = Number(number) * (UNITS[unit] ?? Number.NaN);
  if (!(seconds <= MOST_SECONDS)) throw new BugError('for how long? say --for with hours or days, a year at most: --for 12h, --for 30d');
  return seconds;
}

/** `patient follow LINK UUID --for 30d` and `patient unfollow LINK UUID`: what is said here lies in the outbox, and the running hub's sweep sends it within seconds. */
export async function followPatient([what, id, uuid, option, time]: readonly string[], database: Database, current: Configuration, say: Say): Promise<number> {
  const link = linkOf(current, id ?? '');
  if (link === null) throw new BugError(`there is no link ${id ?? ''} in the configuration; its links are ${current.links.map((one) => one.id).join(', ')}`);
  const patient = Uuid.safeParse(uuid);
  if (!patient.success) throw new BugError('which patient? her uuid, as the parent shows it');
  const seconds = what === 'follow' ? secondsOf(option === '--for' ? time : undefined) : 0;
  if (what === 'follow' && link.classes.patient?.pull !== true)
    throw new BugError(`nothing of patients goes to ${link.child} on ${link.id}: its class patient is not pulled`);
  const record: RecordRef = { aggregate: 'person', uuid: patient.data };
  const followed = new FollowedRepository(database);
  const by = { who: userInfo().username, child: link.child };
  const { result: isDone } = await database.transaction(async (tx) => {
    const on = { link: link.id, patient: record.uuid };
    const done = what === 'follow' ? await followed.follow(tx, on, seconds, by).then(() => true) : await followed.unfollow(tx, on, by);
    if (done) await new ChangeRepository(database).open(tx, [{ site: link.parent, record }]);
    return done;
  });
  if (!isDone) say(`She is not followed on ${link.id}.`);
  else if (what === 'follow') say(`She goes to ${link.child} with her history, whatever its catchment says, for ${time}.`);
  else say(`She is at ${link.child} by its catchment alone from now on (whenPatientLeaves: ${link.whenPatientLeaves}).`);
  for (const line of isDone ? restLines(current, [link.parent, link.child]) : []) say(line);
  return isDone ? 0 : 1;
}
