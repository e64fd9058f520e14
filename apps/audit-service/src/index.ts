export { AuditServiceModule } from './app.module.js';
