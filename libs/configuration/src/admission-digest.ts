import type { RecordCategory } from '@sync-hub/categories';
import type { Direction } from '@sync-hub/contracts';
import { digestOf } from './configuration-digest.js';
import type { LinkConfiguration } from './schema.js';

/** The version of the rules that admit records on one direction of a link: another one as soon as something may be admitted that was not, other ends included. */
export const admissionDigest = (link: LinkConfiguration, direction: Direction): string =>
  digestOf({
    parent: link.parent,
    child: link.child,
    classes: classesOn(link, direction),
    ...(direction === 'pull' ? { catchment: link.catchment, ...personsOn(link) } : {}),
  });

/** Which persons the child gets, where it gets any. */
const personsOn = ({ classes, persons }: LinkConfiguration) => (classes.person?.pull === true ? { persons } : {});

/** The categories that travel on that direction of a link. */
export const classesOn = ({ classes }: LinkConfiguration, direction: Direction): RecordCategory[] =>
  (Object.keys(classes) as RecordCategory[]).filter((category) => classes[category]?.[direction] === true);
