import type { z } from 'zod';
import { listOf, section, textThat } from './section.js';

const uuid = textThat('a uuid, as the parent shows it', (text) => /^[A-Za-z0-9-]{36,38}$/.test(text));

/** What never travels on a link, in either direction: encounters of these types, and whatever of a patient's care names one of these concepts. */
export const exclude = section({
  encounterTypes: listOf(uuid, 'uuids of encounter types').default([]),
  concepts: listOf(uuid, 'uuids of concepts').default([]),
}).optional();
export type Exclude = z.infer<typeof exclude>;
