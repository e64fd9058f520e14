import type { DynamicModule } from '@nestjs/common';
import type { Hub } from '@sync-hub/runtime';
import { AuditUuidsService } from './audit-uuids.service.js';
import { CompareMetadataService } from './compare-metadata.service.js';
import { FollowFeedsService } from './follow-feeds.service.js';
import { KeepLinksService } from './keep-links.service.js';
import { LeaveLinksService } from './leave-links.service.js';
import { MeasureBacklogService } from './measure-backlog.service.js';
import { ProbeSitesService } from './probe-sites.service.js';
import { RunAuditsService } from './run-audits.service.js';
import { TellRestsService } from './tell-rests.service.js';
import { TidyService } from './tidy.service.js';
import { WatchFeedService } from './watch-feed.service.js';
import { ListenForWebhooksService } from './webhooks/listen-for-webhooks.service.js';
import { TakeEventsService } from './webhooks/take-events.service.js';

/** The feed-watcher, over the parts of a hub. */
export class FeedWatcherModule {
  static on(hub: Hub): DynamicModule {
    return {
      module: FeedWatcherModule,
      providers: [
        ...hub.providers(),
        AuditUuidsService,
        CompareMetadataService,
        FollowFeedsService,
        KeepLinksService,
        LeaveLinksService,
        MeasureBacklogService,
        ProbeSitesService,
        RunAuditsService,
        ListenForWebhooksService,
        TakeEventsService,
        TellRestsService,
        TidyService,
        WatchFeedService,
      ],
    };
  }
}
