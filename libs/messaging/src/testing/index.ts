export * from './bus.contract.js';
export * from './envelopes.js';
export * from './lines.js';
export * from './memory-runner-store.js';
export * from './runner-bench.js';
export * from './runner-store.contract.js';
export * from './until.js';
