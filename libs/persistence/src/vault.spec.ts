import { describe, expect, it } from '@jest/globals';
import { readMasterKeys, Vault } from './vault.js';

const keyText = (id: string, byte: number): string => `${id}:${Buffer.alloc(32, byte).toString('base64')}`;
const vaultOf = (...keys: string[]): Vault => new Vault(readMasterKeys(keys.join(',')));
const HELD = { name: 'Achieng Odhiambo', identifiers: ['100GEJ'] };

describe('a sealed value', () => {
  it('shows nothing of what it holds, and never twice the same bytes', () => {
    const vault = vaultOf(keyText('one', 1));
    const [sealed, again] = [vault.seal(HELD, 'row:1'), vault.seal(HELD, 'row:1')];
    for (const text of ['latin1', 'utf8'] as const) expect(sealed.toString(text)).not.toMatch(/Achieng|Odhiambo|100GEJ|name|identifiers/);
    expect(sealed.equals(again)).toBe(false);
    expect([vault.open(sealed, 'row:1'), vault.open(again, 'row:1')]).toEqual([HELD, HELD]);
  });

  it('opens in its own row only, unaltered, and with its key', () => {
    const vault = vaultOf(keyText('one', 1));
    const sealed = vault.seal(HELD, 'row:1');
    const altered = Buffer.from(sealed);
    altered[altered.length - 20] = (altered[altered.length - 20] ?? 0) ^ 1;
    expect(() => vault.open(sealed, 'row:2')).toThrow('cannot be opened');
    expect(() => vault.open(altered, 'row:1')).toThrow('cannot be opened');
    expect(() => vaultOf(keyText('one', 2)).open(sealed, 'row:1')).toThrow('cannot be opened');
    expect(() => vaultOf(keyText('two', 1)).open(sealed, 'row:1')).toThrow('names a key that is not here');
  });

  it('is wrapped anew under a newer key, and opens with it alone', () => {
    const old = vaultOf(keyText('one', 1)).seal(HELD, 'row:1');
    const both = vaultOf(keyText('two', 2), keyText('one', 1));
    expect(both.open(old, 'row:1')).toEqual(HELD);
    const wrapped = both.rewrap(old, 'row:1');
    expect(vaultOf(keyText('two', 2)).open(wrapped!, 'row:1')).toEqual(HELD);
    expect(both.rewrap(wrapped!, 'row:1')).toBeNull();
  });
});

describe('a digest of what a record holds', () => {
  it('is the same for the same content and key, and no other', () => {
    const [one, two] = [vaultOf(keyText('one', 1)), vaultOf(keyText('one', 2))];
    expect(one.digest(HELD)).toBe(one.digest({ ...HELD }));
    expect(new Set([one.digest(HELD), one.digest({ ...HELD, name: 'Achieng' }), two.digest(HELD)]).size).toBe(3);
  });
});

describe('the keys of a vault', () => {
  it('are refused by their place, without a word of the key', () => {
    expect(() => readMasterKeys(`${keyText('one', 1)},two:c2hvcnQ=`)).toThrow('key 2 is not <id>:<32 bytes in base64>');
    expect(() => new Vault([])).toThrow('a vault needs a key');
  });
});
