import { describe, expect, it } from '@jest/globals';
import { callsPerRecord, percentile, withNumbers } from './report.js';

const BEGIN = '<!-- measured by "npm run bench -- --write": begin -->';
const END = '<!-- measured by "npm run bench -- --write": end -->';

describe('the report', () => {
  it('writes between its marks alone, again and again', () => {
    const page = `before\n${BEGIN}\n\nold\n\n${END}\nafter\n`;
    const written = withNumbers(page, 'new');
    expect(written).toBe(`before\n${BEGIN}\n\nnew\n\n${END}\nafter\n`);
    expect(withNumbers(written, 'new')).toBe(written);
  });

  it('refuses a page without marks', () => {
    expect(() => withNumbers(`${END} ${BEGIN}`, 'new')).toThrow('no marks');
  });

  it('takes the value that so large a share does not exceed', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => index + 1);
    expect([percentile(hundred, 0.5), percentile(hundred, 0.95), percentile([7], 0.95)]).toEqual([50, 95, 7]);
    expect(percentile([], 0.5)).toBeNaN();
  });

  it('counts requests about records, and neither feeds nor probes', () => {
    const purposes = new Map([['write', 10] as const, ['read back', 10] as const, ['feed', 99] as const, ['keeping', 99] as const, ['other', 5] as const]);
    expect(callsPerRecord({ purposes, records: 10 })).toBe(2.5);
  });
});
