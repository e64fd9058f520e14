import type { World } from '@sync-hub/demo';

/** A hub that runs, in whatever shape. */
export interface HubShape {
  readonly databaseUrl: string;
  readonly keys: string;
  /** Everything that it has logged, or the last of it. */
  log(): Promise<string>;
  stop(): Promise<void>;
}

/** Starts a hub on a world. */
export type StartShape<Shape extends HubShape = HubShape> = (world: World) => Promise<Shape>;
