export { PusherModule } from './app.module.js';
