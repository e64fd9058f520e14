import { describe, expect, it } from '@jest/globals';
import { admits } from './admits.js';
import { metadataComparedOn, metadataModeOn } from './metadata-modes.js';
import { aConfiguration, aLink } from './testing/index.js';

const DOWN = { pull: true, push: false };
const BESIDE = { places: new Map(), ties: new Map(), cohorts: new Map() };
const NOTHING = { isOfMember: false, isCalledFor: false, isAskedFor: false, refersToKept: false, isClosed: false, isFollowed: false, ...BESIDE };

/** The link as the file would have it with these classes. */
const linkWith = (classes: object) => aConfiguration({ links: [aLink('kisumu', { classes })] }).links[0]!;

describe('the mode of a kind of metadata on a link', () => {
  it('is what the link says', () => {
    const link = linkWith({ concept: { pull: true }, form: { pull: 'compare' }, role: { pull: false }, program: {} });
    expect(['concept', 'form', 'role', 'program'].map((kind) => metadataModeOn(link, kind as 'concept'))).toEqual(['write', 'compare', 'off', 'off']);
  });

  it('is compare for five kinds where the link says nothing, and for what its other records refer to', () => {
    expect(metadataComparedOn(linkWith({}))).toEqual(['program', 'privilege', 'role', 'concept', 'form']);
    expect(metadataComparedOn(linkWith({ patient: DOWN }))).toEqual(expect.arrayContaining(['patientidentifiertype', 'personattributetype']));
    expect(metadataModeOn(linkWith({ patient: DOWN }), 'encountertype')).toBe('off');
    expect(metadataModeOn(linkWith({ encounter: DOWN }), 'encountertype')).toBe('compare');
  });

  it('lets nothing travel where it is compare, and says why', () => {
    const record = { category: 'form', presence: 'present' } as Parameters<typeof admits>[2];
    expect(admits(linkWith({ form: { pull: 'compare' } }), 'pull', record, NOTHING)).toEqual({ admitted: false, why: 'only-compared' });
    expect(admits(linkWith({ form: DOWN }), 'pull', record, NOTHING)).toEqual({ admitted: true });
    expect(admits(linkWith({ form: DOWN }), 'push', record, NOTHING)).toEqual({ admitted: false, why: 'direction-off' });
    expect(admits(linkWith({}), 'pull', record, NOTHING)).toEqual({ admitted: false, why: 'class-off' });
  });

  it('does not stand in the way of what a person has asked to be pulled', () => {
    const record = { category: 'form', presence: 'present' } as Parameters<typeof admits>[2];
    const asked = { ...NOTHING, isAskedFor: true };
    for (const classes of [{}, { form: { pull: 'compare' } }, { form: { pull: false } }])
      expect([admits(linkWith(classes), 'pull', record, asked).admitted, admits(linkWith(classes), 'push', record, asked).admitted]).toEqual([true, false]);
  });

  it('is refused where it is another word, and for the way up', () => {
    expect(() => linkWith({ form: { pull: 'look' } })).toThrow('links[0].classes.form.pull: found the text "look"; allowed: true, false or compare');
    expect(() => linkWith({ form: { push: 'compare' } })).toThrow('links[0].classes.form.push');
    expect(() => linkWith({ visit: { pull: 'compare' } })).toThrow('links[0].classes.visit.pull');
  });
});
