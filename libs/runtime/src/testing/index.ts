export * from './memory-sites.js';
export * from './pipeline.js';
