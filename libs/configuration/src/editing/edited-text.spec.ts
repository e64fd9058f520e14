import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import type { ConfigurationEdit } from '@sync-hub/contracts';
import { loadConfiguration } from '../load-configuration.js';
import { comparedLines } from './compared-lines.js';
import { editedText, outlineOf } from './edited-text.js';

const example = await readFile(new URL('../../../../docs/examples/sync-hub.yml', import.meta.url), 'utf8');
const edited = (edit: ConfigurationEdit, text = example): string => editedText(text, [edit]) ?? '';
const lines = (after: string, before = example): string[] =>
  comparedLines(before, after).flatMap(({ in: where, text }) => (where === 'both' ? [] : [`${where === 'after' ? '+' : '-'}${text}`]));

describe('one place of a configuration that is changed', () => {
  it('leaves everything else as it was written, comments and blanks included', () => {
    expect(lines(edited({ of: 'links', id: 'central-kisumu', path: ['mode'], value: 'observe' }))).toEqual([
      '-    mode: live # or observe, which is the default: reads, compares and says what it would write, and writes nothing',
      '+    mode: observe # or observe, which is the default: reads, compares and says what it would write, and writes nothing',
    ]);
    expect(lines(edited({ of: 'sites', id: 'kisumu', path: ['feed', 'pollSeconds'], value: 60 }))).toEqual([
      '-      pollSeconds: 30',
      '+      pollSeconds: 60',
    ]);
  });

  it('may be new there, and be gone again', () => {
    const windows = [{ days: ['sat'], from: '20:00', to: '06:00' }];
    const more = edited({ of: 'sites', id: 'kisumu', path: ['windows'], value: windows });
    expect(outlineOf(loadConfiguration(more, 'x')).sites[1]).toEqual({ id: 'kisumu', pollSeconds: 30, windows });
    expect(lines(more).filter((line) => line.startsWith('-'))).toEqual([]);
    const back = edited({ of: 'sites', id: 'kisumu', path: ['windows'], value: null }, more);
    expect(back).toBe(example);
    const other = edited({ of: 'sites', id: 'kisumu', path: ['windows'], value: [{ from: '19:00', to: '06:30' }] }, more);
    expect(outlineOf(loadConfiguration(other, 'x')).sites[1]?.windows).toEqual([{ days: [], from: '19:00', to: '06:30' }]);
    expect(lines(other, more)).toHaveLength(2);
  });

  it('may stand below what is not there yet', () => {
    const text = edited({ of: 'links', id: 'central-siaya', path: ['policies', 'default'], value: 'parent-wins' });
    expect(outlineOf(loadConfiguration(text, 'x')).links[1]?.policy).toBe('parent-wins');
    expect(lines(text)).toEqual(['+    policies: { default: parent-wins }']);
    const link = { of: 'links', id: 'central-siaya' } as const;
    const more = edited({ ...link, path: ['policies', 'categories', 'patient'], value: 'newest' }, text);
    expect(lines(more)).toEqual(['+    policies: { categories: { patient: newest }, default: parent-wins }']);
    expect(outlineOf(loadConfiguration(edited({ path: ['policies', 'default'], value: 'newest' }, text), 'x')).policy).toBe('newest');
  });

  it('is changed in JSON as that was written', () => {
    const json = JSON.stringify(loadConfiguration(example, 'x'), null, '\t');
    const text = edited({ of: 'links', id: 'central-siaya', path: ['mode'], value: 'live' }, json);
    expect(lines(text, json)).toEqual(['-\t\t\t"mode": "observe",', '+\t\t\t"mode": "live",']);
    const scheduled = edited({ of: 'links', id: 'central-kisumu', path: ['schedule', 'push'], value: [{ from: '12:00', to: '14:00' }] }, json);
    expect(outlineOf(loadConfiguration(scheduled, 'x')).links[0]?.push).toEqual([{ days: [], from: '12:00', to: '14:00' }]);
  });

  it('is changed where a list stands in lines of its own, at any indentation', () => {
    const block = example.replace('    timeZone: Africa/Nairobi\n', '    timeZone: Africa/Nairobi\n    windows:\n    - from: 01:00\n      to: 02:00\n');
    const text = edited({ of: 'sites', id: 'kisumu', path: ['windows'], value: [{ from: '19:00', to: '06:30' }] }, block);
    expect(outlineOf(loadConfiguration(text, 'x')).sites[1]?.windows).toEqual([{ days: [], from: '19:00', to: '06:30' }]);
    expect(edited({ of: 'sites', id: 'kisumu', path: ['windows'], value: null }, block)).toBe(example);
  });

  it.each([
    ['a link that is none', example, { of: 'links', id: 'nowhere', path: ['mode'], value: 'live' }],
    ['text that is no YAML', 'links: [', { path: ['policies'], value: null }],
    ['a list', '- a', { path: ['policies'], value: null }],
  ] as const)('is none in %s', (_what, text, edit) => expect(editedText(text, [{ ...edit, path: [...edit.path] } as ConfigurationEdit])).toBeNull());
});
