/** Whose module writes the feed: openmrs-module-atomfeed, or Bahmni's openmrs-atomfeed. */
export type FeedFlavour = 'generic' | 'bahmni';

interface Compiled {
  readonly title: string;
  readonly author: string;
  readonly idPrefix: string;
  /** Ports that its absolute addresses leave out, of pages as they are asked for. */
  readonly hiddenPorts: readonly string[];
  readonly module: { readonly id: string; readonly name: string; readonly version: string };
}

/** Compiled into each module's `atomfeed.properties`: the same on every installation. */
export const FLAVOURS: Readonly<Record<FeedFlavour, Compiled>> = {
  generic: {
    title: 'OpenMRS Feed Publisher for Sync2.0',
    author: 'SolDevelo',
    idPrefix: 'a2ad93fd-8a7f-405f-bbc1-da4535e6d05c',
    hiddenPorts: [],
    module: { id: 'atomfeed', name: 'Atomfeed Module', version: '1.0.13' },
  },
  bahmni: {
    title: 'Patient AOP',
    author: 'OpenMRS',
    idPrefix: 'bec795b1-3d17-451d-b43e-a094019f6984',
    hiddenPorts: ['80', '443'],
    module: { id: 'openmrs-atomfeed', name: 'OpenMRS Atom Feed', version: '2.6.3' },
  },
};
