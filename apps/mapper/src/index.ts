export { MapperModule } from './app.module.js';
