import type { SiteId, WidgetDesk, WidgetState } from '@sync-hub/contracts';

export const aWidgetState = (changes: Partial<WidgetState> = {}): WidgetState => ({
  site: 'kisumu',
  title: 'Kisumu clinic',
  state: 'catching-up',
  lastGoodAt: '2026-11-30T10:42:00.000Z',
  lastAskedAt: '2026-11-30T10:50:00.000Z',
  waiting: 318,
  held: 2,
  expectedDoneAt: '2026-11-30T11:30:00.000Z',
  takenAt: '2026-11-30T10:51:00.000Z',
  ...changes,
});

/** What anybody may see, without a hub behind it; of no site unless a test says so. */
export class MemoryWidgets implements WidgetDesk {
  framing: readonly string[] = [];
  states: readonly WidgetState[] = [];

  async find(site: SiteId): Promise<WidgetState | null> {
    return this.states.find((one) => one.site === site) ?? null;
  }

  readonly framedBy = (): readonly string[] => this.framing;
}
