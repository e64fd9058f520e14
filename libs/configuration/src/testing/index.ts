export * from './configuration.builder.js';
