import { describe, expect, it } from '@jest/globals';
import { BugError } from '@sync-hub/contracts';
import fc from 'fast-check';
import { Meters } from './meters.js';
import { NestLog } from './nest-log.js';
import { readableLine } from './readable-lines.js';
import { LOG_FIELDS, type LogFields } from './safe-fields.js';
import { keptLog } from './testing/index.js';

/** Names and identifiers as they stand in records: capitals, spaces, accents, and digits with signs. */
const MARKED = [
  'Achieng Odhiambo',
  'MARKED-100GEJ/7',
  'Mâmboleo',
  '{"familyName":"Marked"}',
  'names[{"familyName":"Marked"}]',
  'marked person',
  '+254 700 000007',
  "O'Marked",
];
const marked = fc.constantFrom(...MARKED);
const LEAK = /achieng|odhiambo|marked|mâmboleo|254 700/i;

/** The things that are thrown where records are handled. */
function thrown(text: string): unknown[] {
  const query = Object.assign(new Error(`duplicate key value violates unique constraint: ${text}`), {
    query: `insert ${text}`,
    parameters: [text],
    driverError: { detail: `Key (value)=(${text})` },
    code: '23505',
  });
  const server = Object.assign(new Error(text), { response: { data: { error: { message: text, detail: text } } }, code: text });
  return [
    query,
    server,
    new Error('outer', { cause: new Error(text) }),
    new AggregateError([new Error(text)], text),
    new SyntaxError(`Unexpected token in ${text}`),
    text,
    { name: text },
    [text],
    Symbol(text),
  ];
}

/** Objects that hold a text anywhere. */
const holding = (text: fc.Arbitrary<string>): fc.Arbitrary<unknown> =>
  fc.oneof(
    text,
    fc.dictionary(fc.string(), text, { minKeys: 1 }),
    fc.array(text, { minLength: 1 }),
    fc.record({ a: fc.record({ b: text }) }),
    text.map((held) => new Error(held)),
    text.map((held) => new Map([[held, held]])),
  );

describe('marked names and identifiers', () => {
  it('do not get into the log by any key, known or not', () => {
    fc.assert(
      fc.property(fc.oneof(fc.constantFrom(...Object.keys(LOG_FIELDS)), fc.string(), marked), holding(marked), (key, value) => {
        const { log, text } = keptLog({ level: 'debug' });
        log.info('job.ended', { [key]: value } as LogFields);
        log.with({ [key]: value } as LogFields).info(String(key), { site: 'kisumu' });
        expect(text()).not.toMatch(LEAK);
        for (const line of text().trim().split('\n')) expect(readableLine(line, true)).not.toMatch(LEAK);
      }),
      { numRuns: 500 },
    );
  });

  it('do not get into the log by an event, by anything thrown, or by what Nest says', () => {
    for (const name of MARKED) {
      const { log, text } = keptLog({ level: 'debug' });
      const nest = new NestLog(log);
      log.info(name);
      for (const error of thrown(name)) {
        log.error('message.failed', error);
        nest.error(error, name, 'ExceptionsHandler');
        nest.error(name, error);
        nest.log(error, name);
      }
      expect(text()).not.toMatch(LEAK);
    }
  });

  it('do not get into the metrics', async () => {
    const meters = new Meters();
    for (const name of MARKED) {
      meters.handled(name, name, 1);
      meters.setBacklog({ outboxUnsettled: 1, changesOpen: 1, jobs: { [name]: 1 } });
      meters.setFreshness([{ route: { link: name, direction: 'pull' }, category: name, seconds: 1 }]);
      meters.setSites([{ site: name, state: name }]);
      meters.requested(name, 200);
    }
    expect((await meters.exposition()).text).not.toMatch(LEAK);
  });

  it('would be seen by this test where they do get in', () => {
    const { log, text } = keptLog();
    log.error('message.failed', new BugError('Achieng Odhiambo'));
    expect(text()).toMatch(LEAK);
  });
});
