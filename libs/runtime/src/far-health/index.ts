export { healthOf } from './health-of.js';
export { HealthTelling } from './health-telling.js';
export { type InstancesReader, instancesAt, instancesOn } from './instances-on-board.js';
export { ownHealth } from './own-health.js';
