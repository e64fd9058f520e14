import { userInfo } from 'node:os';
import { type Configuration, type LinkConfiguration, linkOf, MAPPED_KINDS, metadataModeOn } from '@sync-hub/configuration';
import { driftText, mappingLine } from '@sync-hub/console';
import { BugError, RecordRef, recordKey } from '@sync-hub/contracts';
import { ChangeRepository, type Database, type Look, MetadataPullRepository } from '@sync-hub/persistence';
import { compareLink, type MetadataCompared, type NotPulled, type PullPlan, planPullOn } from '@sync-hub/runtime';
import { restLines } from './rest-lines.js';

type Say = (line: string) => void;

/** Compares the metadata of both ends of a link now. 0 where they are in step. */
export async function compareMetadataOf(database: Database, current: Configuration, id: string, say: Say): Promise<number> {
  const link = demandLink(current, id);
  const compared = await compareLink(database, current, link);
  for (const line of comparedLines(link, compared)) say(line);
  return compared.drifts.length + compared.notCompared.length === 0 ? 0 : 1;
}

/** A line each for what differs, by the name that people know it by, which is stored nowhere. */
export function comparedLines(link: LinkConfiguration, { drifts, notCompared }: MetadataCompared): readonly string[] {
  const lines = drifts.map((drift) => {
    const called = drift.name === null ? '' : ` "${drift.name}"`;
    return `  ${drift.kind}/${drift.uuid}${called}: ${driftText(drift, { parent: link.parent, child: link.child })}${comesByItself(link, drift)}`;
  });
  return [
    drifts.length === 0
      ? `The metadata of ${link.parent} and ${link.child} is in step.`
      : `The metadata of ${link.parent} and ${link.child} differs in ${drifts.length}:`,
    ...lines,
    ...notCompared.map((one) => `  not compared: ${one}`),
    ...(drifts.some(({ found }) => found === 'missing-at-child') ? [`What is missing at ${link.child} can be pulled: metadata pull ${link.id} KIND UUID`] : []),
    ...(drifts.some(({ found }) => found === 'other-uuid')
      ? [
          `What is one thing under two uuids can be mapped, on link ${link.id} of the configuration, the uuid at ${link.parent} first:`,
          ...drifts.filter(({ found }) => found === 'other-uuid').map((one) => `  ${mappingLine(one)}`),
        ]
      : []),
  ];
}

function comesByItself(link: LinkConfiguration, { kind, found }: MetadataCompared['drifts'][number]): string {
  if (found !== 'missing-at-child') return '';
  const isWritten =
    kind === 'location'
      ? link.classes.location?.pull === true
      : metadataModeOn(link, kind as 'form') === 'write' && link.classes[kind as 'form']?.pull === true;
  return isWritten ? ' (comes by itself, as its class is on)' : '';
}

/**
 * Says what is pulled from the parent with one piece of metadata, though its class may be off or only compared: all that the child lacks of what it refers to.
 * Asks for it where `--write` is said; what is held for want of it goes on when it lands. 0 where all of it can come.
 */
export async function pullMetadata(database: Database, current: Configuration, args: readonly string[], say: Say): Promise<number> {
  const [id = '', kind = '', uuid = ''] = args.filter((one) => one !== WRITE);
  const link = demandLink(current, id);
  const record = RecordRef.safeParse({ aggregate: kind, uuid });
  if (!MAPPED_KINDS.some((one) => one === kind)) throw new BugError(`${JSON.stringify(kind)} is no kind of metadata; the kinds are ${MAPPED_KINDS.join(', ')}`);
  if (!record.success) throw new BugError('the uuid is none: 1 to 38 letters, digits, dots, dashes or underscores');
  const plan = await planPullOn(database, current, link, record.data);
  for (const line of planLines(link, plan)) say(line);
  const isWhole = plan.lacks.length === 0;
  if (plan.pulls.length === 0) return 1;
  if (!args.includes(WRITE)) {
    say(`Nothing is asked for yet. To have it made: metadata pull ${id} ${kind} ${uuid} ${WRITE}`);
    return isWhole ? 0 : 1;
  }
  await askFor(database, link, plan);
  say(`It is looked at at ${link.parent} within seconds, and made at ${link.child}.`);
  for (const line of restLines(current, [link.parent, link.child])) say(line);
  if (link.mode !== 'live') say(`Link ${id} is only observed: nothing is written until it is live.`);
  return isWhole ? 0 : 1;
}

const WRITE = '--write';

/** All of it or nothing. */
function askFor(database: Database, link: LinkConfiguration, { pulls }: PullPlan): Promise<unknown> {
  const ends = { link: link.id, parent: link.parent, child: link.child };
  const [changes, wishes] = [new ChangeRepository(database), new MetadataPullRepository(database)];
  return database.transaction(async (tx) => {
    const looks: Look[] = [];
    for (const { record } of pulls) looks.push(...(await wishes.ask(tx, ends, record, userInfo().username)));
    await changes.open(tx, looks);
  });
}

const NOT_PULLED: Readonly<Record<NotPulled['why'], (link: LinkConfiguration) => string>> = {
  'no-kind': ({ child }) => `is of no kind that travels: add it at ${child} by other means, under that uuid`,
  'not-at-the-parent': ({ parent }) => `is not at ${parent}`,
  patient: () => 'is a patient, who goes where the catchment of the link says',
  'too-many': () => 'would be one piece too many: let its class travel on the link',
};

/** A line for each piece that is made at the child, and for each that it lacks and that is not. */
export function planLines(link: LinkConfiguration, { pulls, lacks }: PullPlan): readonly string[] {
  return [
    pulls.length === 0 ? `Nothing can be made at ${link.child}:` : `Made at ${link.child}, in this order:`,
    ...pulls.map(({ record, name, isRetired }) => `  ${recordKey(record)}${name === null ? '' : ` "${name}"`}${isRetired ? ' (out of use)' : ''}`),
    ...(lacks.length === 0 || pulls.length === 0 ? [] : [`Not made, though ${link.child} lacks it:`]),
    ...lacks.map(({ named, why }) => `  ${named} ${NOT_PULLED[why](link)}`),
  ];
}

function demandLink(current: Configuration, id: string): LinkConfiguration {
  const link = linkOf(current, id);
  if (link === null) throw new BugError(`there is no link ${id} in the configuration; its links are ${current.links.map((one) => one.id).join(', ')}`);
  return link;
}
