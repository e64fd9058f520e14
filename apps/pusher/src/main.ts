import { runService } from '@sync-hub/runtime';
import { PusherModule } from './app.module.js';

await runService('pusher', PusherModule.on);
