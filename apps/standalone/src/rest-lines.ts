import { type Configuration, siteRest } from '@sync-hub/configuration';
import { siteRestsText, Words } from '@sync-hub/console';
import type { SiteId } from '@sync-hub/contracts';

/** Which of these sites are outside of their windows: what was asked for is not done there before they open. Times in this machine's zone. */
export function restLines({ sites }: Pick<Configuration, 'sites'>, asked: readonly SiteId[], now = new Date(), timeZone = zoneOfThisMachine()): string[] {
  const words = new Words(now, timeZone, new Map());
  return asked.flatMap((id) => {
    const rests = siteRest(sites.find((site) => site.id === id) ?? {}, now);
    return rests === null ? [] : [`${id} ${siteRestsText(rests, words)}: nothing goes on there before.`];
  });
}

export const zoneOfThisMachine = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;
