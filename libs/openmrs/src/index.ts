export * from './alias-book.js';
export * from './atomfeed/index.js';
export { isTooOld, type SiteCapabilities } from './capabilities.js';
export * from './preflight/index.js';
export type { Ping } from './probe.js';
export * from './site-client.js';
export type { SiteOptions } from './site-options.js';
export * from './sites.js';
