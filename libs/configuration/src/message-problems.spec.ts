import { describe, expect, it } from '@jest/globals';
import { ConfigurationError } from './problem.js';
import { aConfiguration } from './testing/index.js';

const HOOK = { id: 'pager', url: 'https://pager.example/sync', secret: { env: 'HOOK' } };
const MAIL = { host: 'mail.example', from: 'sync@health.example', to: ['ops@health.example'] };
const LOGIN = { username: { env: 'U' }, password: { env: 'P' } };

const said = (changes: object): string => {
  try {
    aConfiguration(changes);
    return 'valid';
  } catch (error) {
    return error instanceof ConfigurationError ? error.message : String(error);
  }
};
const messages = (section: object): string => said({ messages: section });

describe('messages that are configured', () => {
  it('need one channel, and say when people are told where nothing is said', () => {
    expect(aConfiguration({ messages: { webhooks: [HOOK], mail: MAIL } } as object).messages).toMatchObject({
      ...{ language: 'en', downMinutes: 60, heldHours: 24, conflictHours: 72, clearMinutes: 5, quietMinutes: 60, atMostPerHour: 20 },
      mail: { port: 587, security: 'starttls' },
    });
    expect(messages({})).toContain('messages: found neither webhooks nor mail');
  });

  it.each([
    ['two of one name', { webhooks: [HOOK, { ...HOOK, url: 'https://other.example/' }] }, 'messages.webhooks[1].id'],
    ['one that is called as mail is', { webhooks: [{ ...HOOK, id: 'mail' }] }, 'messages.webhooks[0].id'],
    ['a login that goes in the clear', { mail: { ...MAIL, security: 'none', login: LOGIN } }, 'messages.mail.security'],
    ['a secret that stands in the file', { webhooks: [{ ...HOOK, secret: 'hush' }] }, 'messages.webhooks[0].secret'],
    ['an address that is none', { mail: { ...MAIL, to: ['ops@health.example\nBcc: all@health.example'] } }, 'messages.mail.to[0]'],
    ['a webhook that is no address', { webhooks: [{ ...HOOK, url: 'https://user:secret@pager.example/' }] }, 'messages.webhooks[0].url'],
  ])('are refused: %s, by its place and without a value', (_name, section, place) => {
    const text = messages(section);
    expect([text.includes(place), text.includes('hush'), text.includes('user:secret')]).toEqual([true, false, false]);
  });
});

describe('what anybody may see', () => {
  const widget = (section: object): string => said({ instance: { id: 'hub', console: { url: 'https://sync.example', widget: section } } });

  it('is of sites that are run here, in frames of web sites alone', () => {
    expect([widget({ sites: ['kisumu'] }), widget({ sites: ['kisumu'], framedBy: ['https://www.health.example'] })]).toEqual(['valid', 'valid']);
    expect(widget({ sites: ['kisumo'] })).toContain(
      'instance.console.widget.sites[0]: found "kisumo", which is on no link that is run here; allowed: one of central, kisumu, siaya; did you mean kisumu?',
    );
    for (const origin of ['*', 'https://www.health.example/', "https://a.example; script-src 'unsafe-inline'", 'ftp://a.example'])
      expect(widget({ sites: ['kisumu'], framedBy: [origin] })).toContain('instance.console.widget.framedBy[0]');
  });
});
