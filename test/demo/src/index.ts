export { type DemoOptions, demoOptions } from './demo-options.js';
