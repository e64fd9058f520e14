export * from './fields.js';
export * from './version.js';
