export { FeedWatcherModule } from './app.module.js';
