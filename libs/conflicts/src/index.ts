export * from './answers.js';
export * from './choices-of-merged.js';
export { conflictFields } from './conflict-fields.js';
export * from './filtered-conflicts.js';
export * from './preview.js';
export { type StoredConflict, standingOf } from './stored-conflict.js';
export { authorOf, shownOf } from './values-in-words.js';
