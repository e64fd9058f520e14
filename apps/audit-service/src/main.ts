import { runService } from '@sync-hub/runtime';
import { AuditServiceModule } from './app.module.js';

await runService('audit-service', AuditServiceModule.on);
