import { writeFile } from 'node:fs/promises';
import { SITES, type SiteName } from './field.js';

/** How often the feeds are polled in a benchmark; in the field it is 10 s unless told otherwise. */
export const POLL_SECONDS = 1;

export interface ToConfigure {
  readonly file: string;
  readonly addresses: Readonly<Record<SiteName, string>>;
  /** Requests in flight at one site. */
  readonly maxInFlight: number;
}

/** A parent and its child, everything both ways, as a configuration file. */
export async function writeConfiguration({ file, addresses, maxInFlight }: ToConfigure): Promise<void> {
  const both = { pull: true, push: true };
  const configuration = {
    instance: { id: 'hub' },
    sites: SITES.map((id) => ({
      id,
      baseUrl: addresses[id],
      login: { username: { env: 'SITE_USERNAME' }, password: { env: 'SITE_PASSWORD' } },
      client: 'rest',
      maxInFlight,
      feed: { startAt: 'beginning', pollSeconds: POLL_SECONDS },
    })),
    links: [
      {
        id: 'kisumu',
        parent: 'central',
        child: 'kisumu',
        runsAt: 'hub',
        mode: 'live',
        brake: { voidsPerHour: 1_000_000, percentOfCategory: 100 },
        classes: { location: both, person: both, patient: both },
        metadataFromChild: true,
        catchment: { rule: 'everyone' },
      },
    ],
  };
  await writeFile(file, JSON.stringify(configuration, null, 2));
}
