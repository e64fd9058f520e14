import { describe, expect, it } from '@jest/globals';
import { ContractError } from '@sync-hub/contracts';
import { openBody, sealBody } from './sealed-body.js';

const SECRET = 'what both ends know';
const BODY = { name: 'Zuhura Kimanzi 🦓', gone: [] };

describe('a sealed body', () => {
  it('opens with the secret at the other end, and shows nothing before', () => {
    const sealed = sealBody(BODY, SECRET, 'up');
    expect(sealed.toString('latin1')).not.toMatch(/Zuhura|gone/);
    expect(JSON.parse(openBody(sealed, SECRET, 'up').toString('utf8'))).toEqual(BODY);
  });

  it('is another one each time', () => {
    expect(sealBody(BODY, SECRET, 'up').equals(sealBody(BODY, SECRET, 'up'))).toBe(false);
  });

  it.each([
    ['by another secret', (sealed: Buffer) => openBody(sealed, 'another', 'up')],
    ['that goes the other way', (sealed: Buffer) => openBody(sealed, SECRET, 'down')],
    ['that was altered', (sealed: Buffer) => openBody(Buffer.from(sealed.map((byte, index) => (index === 15 ? byte ^ 1 : byte))), SECRET, 'up')],
    ['that was cut off', (sealed: Buffer) => openBody(sealed.subarray(0, 20), SECRET, 'up')],
    ['that is none', () => openBody(Buffer.from('{}'), SECRET, 'up')],
    ['that is empty', () => openBody(Buffer.alloc(0), SECRET, 'up')],
  ])('does not open: one %s', (_what, open) => {
    expect(() => open(sealBody(BODY, SECRET, 'up'))).toThrow(ContractError);
  });
});
