import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import { runDemo } from './demo.js';
import { screenOn } from './screen.js';
import type { World } from './world.js';

jest.setTimeout(240_000);

const once = { once: true, rabbitmq: false };
const never = new Promise<void>(() => undefined);

/** Runs the demo as into a pipe. */
async function run(parts: Partial<Parameters<typeof runDemo>[1]> = {}) {
  const said: string[] = [];
  const exitCode = await runDemo(once, { screen: screenOn({ write: (text) => said.push(text) }, { colours: false }), told: never, ...parts });
  const text = said.join('');
  return { exitCode, text, folder: path.dirname(/^Logs: +(.*)$/m.exec(text)?.[1] ?? '/none/none') };
}

describe('the demo, once', () => {
  it('carries every kind of change between all three sites, ends with 0, and leaves nothing behind', async () => {
    const { exitCode, text, folder } = await run();
    expect(text).toMatch(/^All sites agree on every record, and nothing is held\.$/m);
    expect(text).toMatch(/^ {2}31 records, \d+ pushes, [\d.]+ s, [\d,]+ requests to the sites$/m);
    expect(exitCode).toBe(0);
    for (const column of ['Console: http://127.0.0.1:', 'Record             From', 'Kisumu clinic   Central         written']) expect(text).toContain(column);
    expect(folder).toMatch(/sync-hub-world-/);
    expect(existsSync(folder)).toBe(false);
  });

  it('ends with 1 and names record and field where one site holds something else', async () => {
    let uuid = '';
    const tamper = (world: World): void => {
      const siaya = world.site('siaya');
      uuid = siaya.state().people[0]?.uuid ?? '';
      siaya.pausePublisher(); // so that nobody hears of it
      siaya.clinician.edit('person', uuid, { birthdate: '1901-02-03' });
    };
    const { exitCode, text } = await run({ rounds: () => [], beforeComparing: tamper });
    expect(text).toContain('The sites do not agree.');
    expect(text).toContain(`    person/${uuid} birthdate: central and kisumu, against siaya`);
    expect(text).not.toContain('1901-02-03');
    expect(exitCode).toBe(1);
  });

  it('ends with 1 and names what is held, and why', async () => {
    const { exitCode, text } = await run({
      rounds: (clinics) => {
        const uuid = clinics.samples.get('kisumu')?.patients[0]?.uuid ?? '';
        const work = (): void => {
          clinics.correctBirthdate({ site: 'kisumu', uuid }, 1950);
          clinics.correctBirthdate({ site: 'central', uuid }, 1960);
        };
        return [{ title: 'two sites say different things of one patient at once', work }];
      },
    });
    expect(text).toMatch(/^ {4}patient [0-9a-f-]{36} from \w+ to \w+: both-edited/m);
    expect(exitCode).toBe(1);
  });

  it('stops cleanly when it is told to while it starts', async () => {
    const { exitCode, folder } = await run({ told: Promise.resolve() });
    expect(exitCode).toBe(1);
    expect(existsSync(folder)).toBe(false);
  });
});
