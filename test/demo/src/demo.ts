import { setTimeout as pause } from 'node:timers/promises';
import { compareSites, countRecords } from './agreement-of-sites.js';
import { restOf } from './at-rest.js';
import { Clinics } from './clinics.js';
import { type DemoHub, startInOneProcess } from './demo-hub.js';
import type { DemoOptions } from './demo-options.js';
import { fixedRounds, type Round } from './fixed-rounds.js';
import { HubWatch } from './hub-watch.js';
import { complaintsIn } from './log-lines.js';
import type { Screen } from './screen.js';
import { startAsServices } from './separate-services.js';
import { Showing } from './showing.js';
import { Trickle } from './trickle.js';
import { verdictOf } from './verdict.js';
import { startWorld, type World } from './world.js';

const TITLES: Readonly<Record<string, string>> = { central: 'Central', kisumu: 'Kisumu clinic', siaya: 'Siaya clinic' };
const titleOf = (site: string): string => TITLES[site] ?? site;
const RESTS_WITHIN_MS = 180_000;
const BETWEEN_DEEDS_MS = 2_000;

export interface DemoParts {
  readonly screen: Screen;
  /** Resolves when somebody wants it to end. */
  readonly told: Promise<void>;
  /** With `--once`: called when nothing moves any more, before the sites are compared. */
  readonly beforeComparing?: (world: World) => void | Promise<void>;
  /** With `--once`: other changes than the fixed ones. */
  readonly rounds?: (clinics: Clinics) => readonly Round[];
}

/** Everything that runs while the demo does. */
interface Running {
  readonly world: World;
  readonly clinics: Clinics;
  readonly hub: DemoHub;
  readonly watch: HubWatch;
  readonly showing: Showing;
}

type End = { readonly exitCode: number; readonly lines: readonly string[] };

const STOPPED = {
  once: { exitCode: 1, lines: ['', 'Stopped before the end: nothing was compared.'] },
  forever: { exitCode: 0, lines: [] },
} as const;

/** The demo from its first to its last line. Answers with the exit code; whatever it started has been stopped, and its folder removed. */
export async function runDemo(options: DemoOptions, parts: DemoParts): Promise<number> {
  const { screen } = parts;
  const ending = new AbortController();
  const ends: (() => Promise<void>)[] = [];
  let end: End;
  try {
    const running = await start(options, screen, ends);
    const told = parts.told.then(() => STOPPED[options.once ? 'once' : 'forever']);
    end = await Promise.race([told, running.hub.died, options.once ? doOnce(running, parts, ending.signal) : goOn(running, screen, ending.signal)]);
  } catch (error) {
    end = { exitCode: 1, lines: ['', error instanceof Error ? error.message : 'The demo failed.'] };
  }
  ending.abort();
  screen.say('Stopping everything ...');
  for (const stop of ends.reverse()) await stop();
  screen.say('Everything is stopped.');
  screen.close(end.lines);
  return end.exitCode;
}

async function start({ rabbitmq }: DemoOptions, screen: Screen, ends: (() => Promise<void>)[]): Promise<Running> {
  screen.say('Starting three OpenMRS servers (simulated): a parent and two clinics ...');
  const world = await startWorld({ sites: { central: '2.8', kisumu: '2.8', siaya: '2.8' }, site: (id) => ({ title: titleOf(id) }) });
  ends.push(() => world.stop());
  const clinics = new Clinics(world);
  clinics.enterSampleData();
  clinics.onDeed((deed) => screen.did(deed, titleOf(deed.site)));
  const hub = await (rabbitmq ? startAsServices : startInOneProcess)(world, (text) => screen.say(text));
  ends.push(() => hub.stop());
  screen.look({ console: hub.consoleUrl, conflicts: hub.workbenchUrl.replace('/board', '/conflicts'), logs: hub.logs });
  const watch = await HubWatch.open(hub.databaseUrl);
  ends.push(() => watch.close());
  const showing = new Showing({ screen, watch, clinics, sites: [...world.sites.values()], titleOf });
  showing.start();
  ends.push(() => showing.stop());
  return { world, clinics, hub, watch, showing };
}

/** Changes without an end, so that there is always something to see. */
async function goOn({ world, clinics, watch }: Running, screen: Screen, signal: AbortSignal): Promise<never> {
  screen.say('The sample data of each site travels to the others ...');
  await restOf(watch, [...world.sites.values()], { withinMs: RESTS_WITHIN_MS, signal });
  disagree(clinics);
  screen.say('People change something every two seconds, and two disagree: answer it where it says Conflicts. Ctrl-C stops it all.');
  const trickle = new Trickle(clinics, [...world.sites.keys()]);
  for (;;) {
    trickle.next();
    await pause(BETWEEN_DEEDS_MS, undefined, { signal });
  }
}

/** Two people write down two dates of birth of one patient, neither knowing of the other: somebody must say which it is. */
function disagree(clinics: Clinics): void {
  const uuid = String(clinics.samples.get('kisumu')?.patients[0]?.uuid);
  clinics.correctBirthdate({ site: 'kisumu', uuid }, 1984);
  clinics.correctBirthdate({ site: 'central', uuid }, 1948);
}

/** The fixed rounds, and what they came to. */
async function doOnce(
  { world, clinics, hub, watch, showing }: Running,
  { screen, beforeComparing, rounds = fixedRounds }: DemoParts,
  signal: AbortSignal,
): Promise<End> {
  const sites = [...world.sites.values()];
  const begun = Date.now();
  screen.say('The sample data of each site travels to the others ...');
  await restOf(watch, sites, { withinMs: RESTS_WITHIN_MS, signal });
  for (const { title, work } of rounds(clinics)) {
    screen.say(`Now ${title} ...`);
    work();
    await restOf(watch, sites, { withinMs: RESTS_WITHIN_MS, signal });
  }
  screen.say('Nothing moves any more. Comparing all sites ...');
  await beforeComparing?.(world);
  await showing.stop();
  const { exitCode, lines } = verdictOf({
    differences: compareSites(sites),
    held: await watch.held(),
    records: countRecords(sites),
    pushes: await watch.pushes(),
    seconds: (Date.now() - begun) / 1000,
    requests: showing.requests,
  });
  if (exitCode === 0) return { exitCode, lines };
  return { exitCode, lines: [...lines, '  The last complaints of its logs:', ...(await complaintsIn(hub.logs)).map((line) => `    ${line}`)] };
}
