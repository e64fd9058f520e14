export * from './conflict.builder.js';
export * from './database.js';
export * from './database-server.js';
export * from './pipeline-bench.js';
export * from './work-report.builder.js';
