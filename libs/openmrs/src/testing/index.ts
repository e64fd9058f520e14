export * from './feed-table.js';
