/** `node --import ./scripts/typescript.mjs some.ts` runs TypeScript as it stands, workspace packages included, without a build. */
import { register } from 'node:module';

register('./typescript-hooks.mjs', import.meta.url);
