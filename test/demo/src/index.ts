export { type DemoOptions, demoOptions } from './demo-options.js';
export { startWorld, type World, type WorldOptions } from './world.js';
