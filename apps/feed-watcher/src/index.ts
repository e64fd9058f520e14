export { FeedWatcherModule } from './app.module.js';
export { AuditUuidsService } from './audit-uuids.service.js';
export { WatchFeedService } from './watch-feed.service.js';
export { toldEvents } from './webhooks/told-events.js';
