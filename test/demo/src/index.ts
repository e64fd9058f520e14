export { type Comparison, compareSites, countRecords, type Difference } from './agreement-of-sites.js';
export { type DemoOptions, demoOptions } from './demo-options.js';
export { startWorld, type World, type WorldOptions } from './world.js';
