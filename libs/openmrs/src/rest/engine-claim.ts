import type { LinkId } from '@sync-hub/contracts';
import type { CallOptions } from '../site-client.js';
import type { RestResources } from './rest-resources.js';

/** The setting at a link's parent that names the engine running it. */
export const engineSetting = (link: LinkId): string => `synchub.engine.${link}`;

/** Who claims to run the link, `null` where nobody ever did. webservices.rest finds a setting by its property (SystemSettingResource1_9). */
export async function readEngineClaim(rest: RestResources, link: LinkId, options: CallOptions): Promise<string | null> {
  const body = await rest.get(`systemsetting/${engineSetting(link)}?v=full`, { what: 'system setting', privilege: 'Get Global Properties' }, options);
  const value = body?.['value'];
  return typeof value === 'string' && value !== '' ? value : null;
}

/** Writes the claim, by the setting's own uuid where it is there already. */
export async function writeEngineClaim(rest: RestResources, link: LinkId, claim: string, options: CallOptions): Promise<void> {
  const property = engineSetting(link);
  const there = await rest.get(`systemsetting/${property}?v=full`, { what: 'system setting', privilege: 'Get Global Properties' }, options);
  const uuid = there?.['uuid'];
  const step =
    typeof uuid === 'string'
      ? { method: 'POST' as const, path: `systemsetting/${uuid}`, body: { value: claim } }
      : {
          method: 'POST' as const,
          path: 'systemsetting',
          body: { property, value: claim, description: 'Which engine of OpenMRS Sync Hub runs this link. Written by Sync Hub; do not edit.' },
        };
  await rest.write(step, property, options);
}
