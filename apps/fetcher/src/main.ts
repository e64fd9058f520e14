import { runService } from '@sync-hub/runtime';
import { FetcherModule } from './app.module.js';

await runService('fetcher', FetcherModule.on);
