import { runService } from '@sync-hub/runtime';
import { ConflictServiceModule } from './app.module.js';

await runService('conflict-service', ConflictServiceModule.on);
