import { type DynamicModule, Injectable, Module, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { type Configuration, sitesRunHere } from '@sync-hub/configuration';
import { BugError, type SiteId } from '@sync-hub/contracts';
import { Hub, type OpenPort, openPort } from '@sync-hub/runtime';
import { TakeEventsService } from './take-events.service.js';
import { TAKES_EVENTS, WEBHOOK_SECRETS, WebhookController } from './webhook.controller.js';

/** A thousand events take some 100 kB. */
const LARGEST_BODY_BYTES = 512 * 1024;

@Module({})
class WebhookModule {
  static over(secrets: ReadonlyMap<SiteId, string>, events: TakeEventsService): DynamicModule {
    return {
      module: WebhookModule,
      controllers: [WebhookController],
      providers: [
        { provide: WEBHOOK_SECRETS, useValue: secrets },
        { provide: TAKES_EVENTS, useValue: events },
      ],
    };
  }
}

/** Listens for the sites that tell of their changes by themselves, where there are any. */
@Injectable()
export class ListenForWebhooksService implements OnApplicationBootstrap, OnApplicationShutdown {
  private open: OpenPort | null = null;
  /** Of the sites that are listened to. */
  private readonly secrets = new Map<SiteId, string>();

  constructor(
    private readonly hub: Hub,
    private readonly events: TakeEventsService,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.hub.rules.onTaken((configuration) => this.listen(configuration));
    await this.listen(this.hub.rules.current);
  }

  /** Where it listens stays as it is once it does; to whom is another thing. */
  private async listen(current: Configuration): Promise<void> {
    const telling = sitesRunHere(current).filter(({ feed }) => feed.handler === 'webhook');
    this.secrets.clear();
    for (const { id } of telling) this.secrets.set(id, this.hub.webhookSecret(id));
    if (telling.length === 0 || this.open !== null) return;
    const { webhooks } = current.instance;
    if (webhooks === undefined) throw new BugError('sites tell of their changes and nobody listens');
    const { log } = this.hub.parts;
    this.open = await openPort({ ...webhooks, module: WebhookModule.over(this.secrets, this.events), largestBodyBytes: LARGEST_BODY_BYTES, log });
    log.info('webhooks-open', { host: webhooks.host, port: this.open.port, count: telling.length });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.open?.close();
  }
}
