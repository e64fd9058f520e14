export { migrate } from './database.js';
