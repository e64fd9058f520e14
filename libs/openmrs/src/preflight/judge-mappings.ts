import { type Finding, ok, type PreflightFacts, problem, type SiteNeeds } from './preflight.js';

/** Mappings that are not true of the site: what they are of would be held for ever, or taken for something else. */
export function judgeMappings({ mismapped }: Pick<PreflightFacts, 'mismapped'>, { mapped }: Pick<SiteNeeds, 'mapped'>): readonly Finding[] {
  if (mapped.length > 0 && mismapped.length === 0) return [ok('mappings', `${mapped.length} uuids are as the mappings say`)];
  return mismapped.map(({ link, kind, uuid, mustBeThere }) => {
    const check = `mapping of ${kind}/${uuid}`;
    return mustBeThere
      ? problem(check, 'the site has none under that uuid, or may not be asked', `correct mappings.${kind} of link ${link}, or add it there under that uuid`)
      : problem(check, 'the parent has another under that uuid, which would be known at the child by no uuid', `correct mappings.${kind} of link ${link}`);
  });
}
