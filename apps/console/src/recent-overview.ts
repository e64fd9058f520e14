import type { Overview, OverviewReader } from './overview.js';

/** One reading for everybody who asks within a second: however many windows are open, the database is asked once. */
export class RecentOverview implements OverviewReader {
  private recent: { readonly overview: Promise<Overview>; readonly until: number } | null = null;

  constructor(
    private readonly reader: OverviewReader,
    private readonly keepMs = 1000,
    private readonly clock: () => number = () => performance.now(),
  ) {}

  /** Rejects as the reader does; what failed is not kept. */
  read(): Promise<Overview> {
    if (this.recent !== null && this.clock() < this.recent.until) return this.recent.overview;
    const overview = this.reader.read();
    const kept = { overview, until: this.clock() + this.keepMs };
    this.recent = kept;
    overview.catch(() => {
      if (this.recent === kept) this.recent = null;
    });
    return overview;
  }
}
