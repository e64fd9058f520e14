export { FetcherModule } from './app.module.js';
