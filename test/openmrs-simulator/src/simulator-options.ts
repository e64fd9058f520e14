import type { UserSpec } from './accounts.js';
import type { Published } from './feed-entries.js';
import type { FeedFlavour } from './feed-flavour.js';
import type { FhirSetUp } from './fhir/fhir-call.js';
import type { ProfileId } from './profile.js';
import type { AnsweredRequest } from './server.js';

/** How one OpenMRS is to be. */
export interface SimulatorOptions {
  /** Names the simulator, and seeds it unless `seed` does. */
  readonly id: string;
  readonly profile: ProfileId;
  /** Whose module writes the feed; `generic` if not given. */
  readonly flavour?: FeedFlavour;
  readonly seed?: string;
  /** Zone of the server's clock; UTC if not given. */
  readonly timeZone?: string;
  readonly clock?: () => Date;
  readonly users?: readonly UserSpec[];
  /** A free one if not given. */
  readonly port?: number;
  /** Where it listens; 127.0.0.1 if not given. */
  readonly host?: string;
  /** How changes get into the feed: with their commit (`at-once`, the default), every so many milliseconds, or by `feed.publish()` alone. */
  readonly publisher?: 'at-once' | 'by-hand' | { readonly everyMs: number };
  /** Told of every request that was answered, content and all. */
  readonly onAnswer?: (answered: AnsweredRequest) => void;
  /** Metadata that its atomfeed module is configured to publish; none by default, as the module comes. */
  readonly alsoPublishes?: readonly Published[];
  /** `false` for a server without the appointments module, where its platform could have one. */
  readonly appointments?: false;
  /** `false` for a server without FHIR modules; else how those of its platform are set up. */
  readonly fhir?: false | FhirSetUp;
}
