export { noticeText } from './notice-text.js';
export { againAfter, MOST_ATTEMPTS, planNotices } from './plan-notices.js';
export { sendMail } from './send-mail.js';
export { sendNotice } from './send-notice.js';
export { type Around, isRunHere, situationsIn } from './situations.js';
