export * from './circuit.js';
export * from './knowledge.js';
export * from './outgoing.js';
export * from './rules.js';
export * from './site-clients.js';
