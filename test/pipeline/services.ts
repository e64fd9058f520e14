import { AuditServiceModule } from '@sync-hub/audit-service';
import { ConflictServiceModule } from '@sync-hub/conflict-service';
import { FetcherModule } from '@sync-hub/fetcher';
import { MapperModule } from '@sync-hub/mapper';
import { PusherModule } from '@sync-hub/pusher';

/** Every service that has stages. */
export const STAGE_SERVICES = [FetcherModule, MapperModule, PusherModule, ConflictServiceModule, AuditServiceModule].map((module) => module.on);
