import { type Charset, CLOCK_OFF_MS, type SiteFacts } from '@sync-hub/openmrs';

/** What a site says of itself otherwise than when it was last asked, for people. Of privileges: what came and what went. */
export interface SiteChange {
  readonly what: string;
  readonly before: string;
  readonly now: string;
}

const UNTOLD = 'not told';

const told = (value: string | null | undefined): string => value ?? UNTOLD;

/** `50, at most 100`. */
const pagesText = ({ usual, most }: SiteFacts['pages']): string => (usual === null ? UNTOLD : `${usual}${most === null ? '' : `, at most ${most}`}`);

/** `utf-8`, with what is wrong with it. */
function charsetText(charset: Charset | null): string {
  if (charset === null) return UNTOLD;
  return `${charset.declared ?? 'utf-8, not said'}${charset.holds ? '' : ', and its bytes are not'}`;
}

/** As a clock is compared: to whole minutes, and right below one. */
const clockText = (skewMs: number | null | undefined): string => {
  if (skewMs === null || skewMs === undefined) return UNTOLD;
  if (Math.abs(skewMs) < CLOCK_OFF_MS) return 'right';
  return skewMs > 0 ? 'ahead' : 'behind';
};

/** By name, what is compared of two answers, as people read it. An answer of an earlier release may lack some. */
const TOLD: Readonly<Record<string, (facts: Partial<SiteFacts>) => string>> = {
  OpenMRS: ({ platform }) => told(platform),
  'webservices.rest': ({ rest }) => told(rest),
  fhir2: ({ fhir2 }) => told(fhir2),
  'feed module': ({ atomfeed }) => told(atomfeed),
  'time zone': ({ timeZone }) => told(timeZone),
  clock: ({ clockSkewMs }) => clockText(clockSkewMs),
  'results a page': ({ pages }) => (pages === undefined ? UNTOLD : pagesText(pages)),
  characters: ({ charset }) => charsetText(charset ?? null),
};

/** What is another than before. What an earlier release of ours did not ask for is no change. */
export function siteChanges(before: Partial<SiteFacts>, now: SiteFacts): readonly SiteChange[] {
  const changed = Object.entries(TOLD).flatMap(([what, tell]): SiteChange[] => {
    const [was, is] = [tell(before), tell(now)];
    return was === is || wasNotAsked(what, before) ? [] : [{ what, before: was, now: is }];
  });
  return [...changed, ...privilegeChanges(before.privileges, now.privileges)];
}

const wasNotAsked = (what: string, before: Partial<SiteFacts>): boolean =>
  (what === 'results a page' && before.pages === undefined) || (what === 'characters' && before.charset === undefined);

function privilegeChanges(before: SiteFacts['privileges'] | undefined, now: SiteFacts['privileges']): readonly SiteChange[] {
  if (before === undefined || (before === null && now === null)) return [];
  if (before === null || now === null) return [{ what: 'our account may', before: mayText(before), now: mayText(now) }];
  const came = now.filter((one) => !before.includes(one)).map((what): SiteChange => ({ what: `privilege ${what}`, before: 'missing', now: 'there' }));
  const went = before.filter((one) => !now.includes(one)).map((what): SiteChange => ({ what: `privilege ${what}`, before: 'there', now: 'missing' }));
  return [...came, ...went];
}

const mayText = (privileges: SiteFacts['privileges']): string =>
  privileges === null ? 'everything' : `what ${privileges.length} privilege${privileges.length === 1 ? ' allows' : 's allow'}`;
