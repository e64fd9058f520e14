import { SiteId } from '@sync-hub/contracts';
import { listOf, section, textThat } from './section.js';

const site = textThat('the id of a site', (text) => SiteId.safeParse(text).success);

const ORIGIN = 'the address of a web site, such as https://www.health.example, without a path or a slash at the end';
const isOrigin = (text: string): boolean => URL.canParse(text) && new URL(text).origin === text && /^https?:$/.test(new URL(text).protocol);

/** Sites whose state anybody may see, without a name or a password, and the web sites that may show it in a frame; nobody's, where nothing is said. */
export const widget = section({ sites: listOf(site, 'ids of sites', 1), framedBy: listOf(textThat(ORIGIN, isOrigin), 'addresses of web sites').default([]) });
