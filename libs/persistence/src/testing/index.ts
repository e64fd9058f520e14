export * from './database.js';
export * from './database-server.js';
