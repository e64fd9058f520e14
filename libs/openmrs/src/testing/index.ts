export * from './memory-alias-book.js';
