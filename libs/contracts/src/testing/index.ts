export * from './told-health.builder.js';
