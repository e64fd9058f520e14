import type { Uuid } from '@sync-hub/contracts';

/** Whom records hang on that a site finds only below their patient, by the uuids that the site has for both. */
export class PatientsBehind {
  private readonly seen = new Map<Uuid, Uuid>();

  constructor(private readonly most = 20_000) {}

  of(local: Uuid): Uuid | undefined {
    return this.seen.get(local);
  }

  remember(local: Uuid, patient: Uuid): void {
    this.seen.delete(local);
    this.seen.set(local, patient);
    const [oldest] = this.seen.keys();
    if (this.seen.size > this.most && oldest !== undefined) this.seen.delete(oldest);
  }

  forget(local: Uuid): void {
    this.seen.delete(local);
  }
}
