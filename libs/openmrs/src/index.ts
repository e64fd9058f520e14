export * from './site-client.js';
