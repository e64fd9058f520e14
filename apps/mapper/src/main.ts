import { runService } from '@sync-hub/runtime';
import { MapperModule } from './app.module.js';

await runService('mapper', MapperModule.on);
