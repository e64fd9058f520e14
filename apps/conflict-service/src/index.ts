export { ConflictServiceModule } from './app.module.js';
