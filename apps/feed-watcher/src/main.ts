import { runService } from '@sync-hub/runtime';
import { FeedWatcherModule } from './app.module.js';

await runService('feed-watcher', FeedWatcherModule.on, { sweeps: true });
