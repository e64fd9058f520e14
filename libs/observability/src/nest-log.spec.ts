import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { NestLog } from './nest-log.js';
import { keptLog } from './testing/index.js';

@Injectable()
class Needed {}

@Injectable()
class Needy {
  constructor(readonly needed: Needed) {}
}

@Module({ providers: [Needy] })
class BrokenModule {}

describe('what Nest says', () => {
  it('is passed on as the class that speaks, without its texts and payloads', () => {
    const { log, lines, text } = keptLog({ level: 'debug' });
    const wiring: string[] = [];
    const nest = new NestLog(log, (said) => wiring.push(said));
    nest.log('payload {"name":"Achieng"}', 'RpcExceptionsHandler');
    nest.warn({ name: 'Achieng' });
    nest.error('invalid input Achieng', 'Error: Achieng\n at Achieng', 'ExceptionsHandler');
    nest.error(new Error('duplicate key Achieng'), undefined, 'ExceptionsHandler');
    nest.fatal('Achieng', 'Achieng OneTwo');
    expect(lines().map(({ level, event, code }) => [level, event, code])).toEqual([
      ['debug', 'nest', 'rpc-exceptions-handler'],
      ['warn', 'nest', undefined],
      ['error', 'nest', 'exceptions-handler'],
      ['error', 'nest', 'exceptions-handler'],
      ['error', 'nest', undefined],
    ]);
    expect(text()).not.toContain('Achieng');
    expect(wiring).toEqual([]);
  });

  it('names what is missing when the modules do not fit together', async () => {
    const wiring: string[] = [];
    const { log } = keptLog();
    await expect(
      NestFactory.createApplicationContext(BrokenModule, { logger: new NestLog(log, (text) => wiring.push(text)), abortOnError: false }),
    ).rejects.toThrow('Needy');
    new NestLog(log, (text) => wiring.push(text)).error(
      await NestFactory.createApplicationContext(BrokenModule, { logger: false, abortOnError: false }).catch((error: unknown) => error),
    );
    expect(wiring.join()).toMatch(/can't resolve dependencies of the Needy/);
  });
});
