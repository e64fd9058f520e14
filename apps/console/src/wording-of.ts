import type { Configuration } from '@sync-hub/configuration';
import type { ConsoleWording } from './console.controller.js';

/** Sites by the titles that the configuration gives them; those without one are shown by their ids. */
export const wordingOf = ({ sites }: Configuration): Pick<ConsoleWording, 'titles'> => ({
  titles: new Map(sites.flatMap(({ id, title }) => (title === undefined ? [] : [[id, title]]))),
});
