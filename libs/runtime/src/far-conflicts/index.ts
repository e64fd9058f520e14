export { everyDesk } from './every-desk.js';
