import type { RecordCategory } from '@sync-hub/categories';
import type { Direction } from '@sync-hub/contracts';
import { digestOf } from './configuration-digest.js';
import { excludesAnything } from './excluded.js';
import { mappedOver } from './mappings.js';
import { inCatchment, inUses, pluginVersions } from './plugin-problems.js';
import type { Plugins } from './plugins.js';
import { policiesDigest } from './policy-of.js';
import type { Configuration, LinkConfiguration } from './schema.js';
import { writingOn } from './writing.js';

/** The version of the rules that admit records on one direction of a link: another one as soon as something may be admitted that was not, other ends included. */
export const admissionDigest = (link: LinkConfiguration, direction: Direction, plugins: Plugins): string =>
  digestOf({
    parent: link.parent,
    child: link.child,
    classes: classesOn(link, direction),
    ...(excludesAnything(link.exclude) ? { exclude: link.exclude } : {}),
    ...filtersOn(link, direction),
    ...versionsOf(link, direction, plugins),
    ...(direction === 'pull' ? { catchment: link.catchment, ...personsOn(link) } : {}),
  });

/** Its filters, where it has any. */
const filtersOn = ({ filters }: LinkConfiguration, direction: Direction) => {
  const named = Object.entries(filters ?? {}).flatMap(([category, uses]) =>
    uses === undefined || uses[direction].length === 0 ? [] : [[category, uses[direction]]],
  );
  return named.length === 0 ? {} : { filters: named };
};

/** Another version of a plug-in is another rule. */
function versionsOf({ catchment, filters }: LinkConfiguration, direction: Direction, plugins: Plugins) {
  const named = [...(direction === 'pull' ? inCatchment(catchment, []) : []), ...inUses('filter', filters, []).filter(({ path }) => path.includes(direction))];
  return named.length === 0 ? {} : { plugins: pluginVersions(named, plugins) };
}

/** The version of all that a link's writes go by: what it admits either way, under which uuids it is told, what decides its conflicts, and whether anything is written on it at all. */
export function writingDigest(configuration: Configuration, link: LinkConfiguration, plugins: Plugins): string {
  const mapped = mappedOver(configuration, link);
  const policies = policiesDigest(configuration, link, plugins);
  return digestOf({
    pull: admissionDigest(link, 'pull', plugins),
    push: admissionDigest(link, 'push', plugins),
    writing: writingOn(configuration, link),
    ...(mapped.length === 0 ? {} : { mapped }),
    ...(policies === null ? {} : { policies }),
  });
}

/** Which persons the child gets, where it gets any. */
const personsOn = ({ classes, persons }: LinkConfiguration) => (classes.person?.pull === true ? { persons } : {});

/** The categories that travel on that direction of a link. */
export const classesOn = ({ classes }: LinkConfiguration, direction: Direction): RecordCategory[] =>
  (Object.keys(classes) as RecordCategory[]).filter((category) => classes[category]?.[direction] === true);
