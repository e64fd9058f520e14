export * from './atomfeed-fetch.js';
export * from './change-from-entry.js';
export * from './feed-page.js';
export * from './feed-position.js';
export * from './feed-reader.js';
