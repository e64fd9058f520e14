export { askedElsewhere } from './asked-elsewhere.js';
export { helpsOf } from './helps-of.js';
export * from './hub-held-desk.js';
export * from './hub-record-desk.js';
export * from './labelled.js';
