import { describe, expect, it } from '@jest/globals';
import { afterAsking, type OpenConflict } from './after-asking.js';

const OPEN: OpenConflict = { id: 'c', reason: 'both-edited', fields: ['name'], answeredRevision: 4, isAnswered: false, isApplied: false, holdsTheSame: true };
const ASKED = { reason: 'both-edited', fields: ['name'], readAtRevision: 4 };

describe('an open conflict that a job asks about again', () => {
  it.each([
    ['that had not heard the last answer, stays as it is', { isAnswered: true, isApplied: true }, { readAtRevision: 3 }, 'old-news'],
    ['with nothing new, stays as people saw it', {}, {}, { isNew: false, isShownAgain: false }],
    ['with another value at an end, is another version', { holdsTheSame: false }, {}, { isNew: true, isShownAgain: false }],
    ['for another reason, is another version', {}, { reason: 'in-doubt' }, { isNew: true, isShownAgain: false }],
    ['about other fields, is another version', {}, { fields: ['name', 'country'] }, { isNew: true, isShownAgain: false }],
    ['though it has heard the answer, is shown again', { isAnswered: true, isApplied: true }, {}, { isNew: false, isShownAgain: true }],
    ['while the answer is on its way, waits for it', { isAnswered: true }, {}, { isNew: false, isShownAgain: false }],
  ])('%s', (_name, open, asked, after) => {
    expect(afterAsking({ ...OPEN, ...open }, { ...ASKED, ...asked })).toEqual(after);
  });
});
