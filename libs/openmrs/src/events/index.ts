export * from './event-reading.js';
export { readAtomfeed } from './read-atomfeed.js';
