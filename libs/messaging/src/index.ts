export * from './bus.js';
export * from './envelope.js';
export * from './runner-store.js';
export * from './stage.js';
export * from './verdict.js';
