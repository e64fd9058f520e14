export * from './feed-table.js';
export * from './memory-alias-book.js';
