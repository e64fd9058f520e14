export * from './answers.js';
export * from './choices-of-merged.js';
export { conflictFields } from './conflict-fields.js';
export * from './filtered-conflicts.js';
export { previewOfStored } from './preview.js';
export * from './preview-of-detail.js';
export { type StoredConflict, standingOf } from './stored-conflict.js';
export { authorOf, shownOf } from './values-in-words.js';
