import { CATEGORIES, type RecordCategory } from '@sync-hub/categories';
import { z } from 'zod';
import { listOf, section, textThat } from './section.js';

/** What the configuration calls a plug-in. */
export const pluginName = textThat('the name of a plug-in, such as lives-near-the-lake', (text) => /^[a-z0-9][a-z0-9-]{0,62}$/.test(text));
/** What the configuration gives to it. */
export const pluginOptions = z.record(z.string(), z.unknown(), { error: 'a mapping of what the plug-in takes' }).default({});

const use = section({ name: pluginName, options: pluginOptions });
/** A plug-in, and what it is given. */
export type PluginUse = z.infer<typeof use>;

const uses = section({ pull: listOf(use, 'plug-ins').default([]), push: listOf(use, 'plug-ins').default([]) }).optional();
type Uses = typeof uses;

/** Plug-ins by category and direction: every one of them must say yes. */
export const pluginUses = section(Object.fromEntries(Object.keys(CATEGORIES).map((name) => [name, uses])) as Record<RecordCategory, Uses>).optional();
export type PluginUses = z.infer<typeof pluginUses>;
