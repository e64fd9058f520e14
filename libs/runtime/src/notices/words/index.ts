import type { MessagesConfiguration } from '@sync-hub/configuration';
import { en } from './en.js';
import { es } from './es.js';
import { fr } from './fr.js';

export type NoticeWords = typeof en;

export const NOTICE_WORDS: Readonly<Record<MessagesConfiguration['language'], NoticeWords>> = { en, fr, es };
