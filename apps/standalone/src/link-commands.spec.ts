import { describe, expect, it } from '@jest/globals';
import { aConfiguration } from '@sync-hub/configuration/testing';
import type { LinkAct, LinkDeed, LinkDesk, LinkOutcome } from '@sync-hub/contracts';
import type { Database } from '@sync-hub/persistence';
import { LINK_USAGE, links } from './link-commands.js';

type Done = LinkDeed & { readonly link: string; readonly what: LinkAct; readonly by: string };

async function run(args: readonly string[], outcome: LinkOutcome = 'done') {
  const done: Done[] = [];
  const said: string[] = [];
  const desk: LinkDesk = {
    history: async () => [],
    act: async (link, what, deed) => {
      done.push({ link, what, ...deed });
      return outcome;
    },
  };
  const parts = { database: null as unknown as Database, configuration: aConfiguration(), desk: async () => desk, say: (line: string) => said.push(line) };
  const code = await links(args, { ...parts, say: (line) => void parts.say(line) });
  return { code, done, said: said.join('\n') };
}

describe('a link is stopped at the command line', () => {
  it('in both directions or in one, for a reason, by the account that somebody works under', async () => {
    expect(await run(['pause', 'central-kisumu', '--reason', 'stocktaking'])).toMatchObject({
      code: 0,
      done: [{ link: 'central-kisumu', what: 'pause', reason: 'stocktaking', by: expect.stringMatching(/./) }],
    });
    const { done, said } = await run(['drain', 'central-kisumu', '--direction', 'push', '--reason', 'upgrade']);
    expect([done[0]?.direction, said]).toEqual(['push', 'central-kisumu push runs dry: what was noticed before now is still written, and nothing else.']);
  });

  it('and goes on, with a reason or without; 1 where it stands so already', async () => {
    expect(await run(['resume', 'central-kisumu'])).toMatchObject({ code: 0, said: 'central-kisumu goes on.' });
    expect(await run(['resume', 'central-kisumu'], 'as-it-is')).toMatchObject({ code: 1, said: 'central-kisumu stands so already.' });
  });

  it.each([
    [['pause', 'central-kisumu'], 'say --reason'],
    [['pause', 'central-kisumu', '--reason', ' '], 'say --reason'],
    [['pause', 'central-kisumu', '--reason', 'x', '--direction', 'up'], 'which direction'],
    [['pause', 'nowhere', '--reason', 'x'], 'there is no link nowhere'],
  ])('not by %j, which says what would be right', (args, problem) => expect(run(args)).rejects.toThrow(problem));

  it.each([[[]], [['pause']], [['stop', 'central-kisumu']], [['pause', 'central-kisumu', 'now']], [['pause', 'central-kisumu', '--because', 'x']]])(
    'not by %j, which tells how',
    async (args) => expect(await run(args)).toEqual({ code: 1, done: [], said: LINK_USAGE }),
  );

  it('where it is run, and not elsewhere', () => expect(run(['resume', 'central-kisumu'], 'no-such-link')).rejects.toThrow('is run by another instance'));
});
