export * from './checked-text.js';
export { comparedLines } from './compared-lines.js';
export { configurationConsequences } from './configuration-consequences.js';
export { configurationDifferences } from './configuration-differences.js';
export { editedText, outlineOf } from './edited-text.js';
export { maskSecrets, readableText, type UnmaskedText, unmaskSecrets } from './masked-text.js';
