import { CATEGORIES, takesUuid } from '@sync-hub/categories';
import { capabilitiesOf } from '../capabilities.js';
import type { Charset } from '../charset.js';
import { type Finding, ok, type PreflightFacts, type SiteNeeds, warning } from './preflight.js';

/** How the server tells lists and text, and under whose uuids it makes what it is sent. */
export function judgeManners(
  { manners, feedCharset, settings, platform, modules }: Pick<PreflightFacts, 'manners' | 'feedCharset' | 'settings' | 'platform' | 'modules'>,
  needs: Pick<SiteNeeds, 'writes'>,
): readonly Finding[] {
  return [
    ...judgeCharset('characters', manners.charset),
    ...judgeCharset('characters of the feed', feedCharset),
    // Where the settings may be read they say it themselves, below.
    ...(settings === null ? judgePages(manners.pages.usual) : []),
    ...judgeUuids({ platform, modules }, needs),
  ];
}

function judgeCharset(check: string, charset: Charset | null): readonly Finding[] {
  if (charset === null) return [];
  const { declared, prolog, holds } = charset;
  const said = declared === null ? 'UTF-8, as nothing else is said' : declared.toUpperCase();
  const fix = 'let Tomcat and every proxy in between speak UTF-8 (URIEncoding and -Dfile.encoding): letters with accents are changed on the way otherwise';
  if (!holds) return [warning(check, `${said}, and the bytes are something else`, fix)];
  if (prolog !== null && declared !== null && prolog !== declared) {
    return [warning(check, `${said}, and the page itself says ${prolog.toUpperCase()}`, `${fix}; Sync Hub goes by the content type`)];
  }
  return [declared === null || /^utf-?8$/.test(declared) ? ok(check, said) : warning(check, said, fix)];
}

const judgePages = (usual: number | null): readonly Finding[] =>
  usual === null ? [] : [ok('page size', `a list was cut at ${usual} results; Sync Hub asks for the next page until there is none`)];

/**
 * By kind, for those that are written there. Nothing must be done: a record made under a uuid of the server's own is known by an alias. A patient's uuid is taken by every
 * server, as its person's (PatientResource1_8); HAPI lets fhir2 take none with POST.
 */
function judgeUuids({ platform, modules }: Pick<PreflightFacts, 'platform' | 'modules'>, { writes }: Pick<SiteNeeds, 'writes'>): readonly Finding[] {
  const rest = modules?.['webservices.rest'];
  if (platform === null || rest === undefined || writes.length === 0) return [];
  const site = capabilitiesOf({ platform, rest, atomfeed: null, fhir2: null, timeZone: null, account: '', privileges: [], clockSkewMs: null });
  const isMinted = (name: SiteNeeds['writes'][number]): boolean =>
    name !== 'patient' && (CATEGORIES[name].fhirAlone !== undefined || !takesUuid(CATEGORIES[name], site));
  const minted = writes.filter(isMinted);
  const records =
    minted.length === 0 ? 'records keep ours' : `the server gives its own to each ${minted.join(', ')}, which an alias remembers; others keep ours`;
  return [ok('uuids on create', `${records}; their parts ${site.takesItemUuids ? 'do too' : 'get the server’s own, by which nothing goes'}`)];
}
