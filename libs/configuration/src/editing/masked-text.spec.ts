import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { maskSecrets, unmaskSecrets } from './masked-text.js';

const example = await readFile(new URL('../../../../docs/examples/sync-hub.yml', import.meta.url), 'utf8');

describe('a configuration without its secrets', () => {
  it('is as it was written where all secrets are referred to', () => {
    expect(maskSecrets(example)).toEqual({ text: example, kept: [] });
    const reference = '{ "login": { "username": { "env": "U" }, "password": { "file": "/run/p" } } }';
    expect(maskSecrets(reference).text).toBe(reference);
  });

  it.each([
    ['in a login', 'login:\n  username: { env: U }\n  password: hunter2\n'],
    ['in quotes', 'login:\n  password: "hunter2" # of the clinic\n'],
    ['as a block', 'login:\n  password: |\n    hunter2\n    more\n  username: { env: U }\n'],
    ['in braces', 'login:\n  password: { hunter2 }\n'],
    ['as a mapping below', 'login:\n  password:\n    value: hunter2\n'],
    ['in place of the login', 'login: hunter2\nid: kisumu\n'],
    ['as a key of the login', 'login:\n  hunter2: { env: U }\n'],
    ['as what is no name of a variable', 'login: { password: { env: "hunter2 !" } }\n'],
    ['of a feed', 'feed: { secret: hunter2, startAt: now }\n'],
    ['as a number', 'feed: { secret: 2222222 }\n'],
    ['in a list', 'password: [hunter2, hunter2]\n'],
    ['as an alias', 'a: &hunter2 { env: U }\npassword: *hunter2\n'.replace('&hunter2', '&x').replace('*hunter2', '*x # password: hunter2')],
    ['in an address', 'baseUrl: https://admin:hunter2@emr.example/openmrs\n'],
    ['in the options of a plug-in', 'policies: { default: { name: mine, options: { apiKey: hunter2, near: lake } } }\n'],
    ['in JSON', '{\n\t"login": { "password": "hunter2" }\n}'],
    ['in a comment', 'sites: [] # password: hunter2\n# token = hunter2\nlinks: []\n'],
  ])('shows none that stands %s, and gives it back to the letter', (_where, text) => {
    const masked = maskSecrets(text);
    expect(masked.text).not.toMatch(/hunter2|2222222/);
    expect(masked.kept.length).toBeGreaterThan(0);
    expect(unmaskSecrets(masked.text, text)).toEqual({ text, isHidden: true });
    expect(unmaskSecrets(masked.text.replace('links: []', 'links: [1]'), text).text).toBe(text.replace('links: []', 'links: [1]'));
  });

  it('takes no line for a secret that follows a comment which names one', () => {
    const text = 'login:\n  # username and password:\n  username: { env: U }\n';
    expect(maskSecrets(text).text).toBe(text);
  });

  it('shows what stands beside a secret', () => {
    const { text } = maskSecrets('site: { title: Kisumu, login: { username: { env: U }, password: hunter2 } }\n');
    expect(text).toBe('site: { title: Kisumu, login: { username: { env: U }, password: "(unchanged secret 1)" } }\n');
  });

  it('leaves a mark that it never had', () => {
    expect(unmaskSecrets('password: "(unchanged secret 7)"\n', 'password: hunter2\n').text).toBe('password: "(unchanged secret 7)"\n');
  });

  it.each(['title: "(unchanged secret 1)"\n', '# (unchanged secret 1)\n', 'baseUrl: http://x.test/(unchanged secret 1)\n'])(
    'knows a mark that was moved to where it would be shown: %s',
    (moved) => expect(unmaskSecrets(moved, 'password: hunter2\n').isHidden).toBe(false),
  );
});
