export { PusherModule } from './app.module.js';
export { dryRunOn } from './dry-run.js';
