import { describe, expect, it } from '@jest/globals';
import { until } from '@sync-hub/messaging/testing';
import { createLog } from '@sync-hub/observability';
import { Periodic } from './periodic.js';
import { Periodics, type Wanted } from './periodics.js';

const log = createLog({ service: 'test', level: 'silent', destination: { write: () => undefined } });

/** Counts what is done under each name, and lets a piece of work last until it is told to end. */
function counting() {
  const done: string[] = [];
  let lasts: Promise<void> | null = null;
  let underway = 0;
  let mostAtOnce = 0;
  return {
    done,
    mostAtOnce: () => mostAtOnce,
    lastUntil: (end: Promise<void>): void => {
      lasts = end;
    },
    work: (name: string, as = ''): [string, Wanted] => [
      name,
      {
        as,
        begin: () =>
          new Periodic(
            'test',
            1,
            async () => {
              underway += 1;
              mostAtOnce = Math.max(mostAtOnce, underway);
              done.push(`${name}${as}`);
              await lasts;
              underway -= 1;
            },
            log,
          ),
      },
    ],
  };
}

describe('periodic work for each of many', () => {
  it('goes on for what is wanted, begins for what is new, and ends for what is not wanted any more', async () => {
    const { done, work } = counting();
    const periodics = new Periodics();
    periodics.keep(new Map([work('a'), work('b')]));
    await until('both are at work', () => done.includes('a') && done.includes('b'));
    periodics.keep(new Map([work('b'), work('c')]));
    await until('the new one is', () => done.includes('c'));
    const count = done.filter((one) => one === 'a').length;
    const of = (name: string) => done.filter((one) => one === name).length;
    const b = of('b');
    await until('the other goes on', () => of('b') > b + 3);
    expect(of('a')).toBe(count);
    await periodics.stop();
    const after = done.length;
    periodics.keep(new Map([work('d')]));
    expect(done).toHaveLength(after);
  });

  it('is begun anew where it depends on something else, once its last piece of work has ended', async () => {
    const { done, work, lastUntil, mostAtOnce } = counting();
    const periodics = new Periodics();
    let end = (): void => undefined;
    lastUntil(
      new Promise((ended) => {
        end = ended;
      }),
    );
    periodics.keep(new Map([work('a', '1')]));
    periodics.keep(new Map([work('a', '2')]));
    periodics.keep(new Map([work('a', '3')]));
    expect(done).toEqual(['a1']);
    end();
    await until('it goes on as it is now', () => done.includes('a3'));
    expect(done).not.toContain('a2');
    await periodics.stop();
    expect(mostAtOnce()).toBe(1);
  });
});

describe('a piece of work that is hurried', () => {
  it('is done at once where it rests, and once more where it is in hand', async () => {
    let done = 0;
    let end = (): void => undefined;
    const periodic = new Periodic(
      'test',
      3_600_000,
      async () => {
        await new Promise<void>((ended) => {
          end = ended;
        });
        done += 1;
      },
      log,
    );
    periodic.start();
    end();
    await until('it rests', () => done === 1);
    await new Promise(setImmediate);
    periodic.hurry();
    periodic.hurry();
    end();
    await until('it was done again', () => done === 2);
    await new Promise(setImmediate);
    end();
    await until('and once more', () => {
      end();
      return done === 3;
    });
    await periodic.stop();
    periodic.hurry();
    expect(done).toBe(3);
  });
});
