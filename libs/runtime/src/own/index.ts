export * from './because.js';
export * from './count-completeness.js';
export * from './hub-own-desk.js';
export * from './hub-widget-desk.js';
