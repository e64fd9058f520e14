import type { HeldHelp } from '@sync-hub/contracts';
import type { HeldRow } from '@sync-hub/persistence';

/** The one thing that helps what is held for this, as far as its code tells. */
export function helpsOf({ why, code, direction }: Pick<HeldRow, 'why' | 'code' | 'direction'>): HeldHelp {
  switch (why) {
    case 'waiting':
      return 'wait';
    case 'unmapped':
      return direction === 'pull' ? 'pull-metadata' : 'add-metadata';
    case 'possible-duplicate':
      return 'mend-identifier';
    case 'oscillates':
      return 'stop-one-end';
    case 'broken':
      return 'report';
    case 'observed':
      return 'go-live';
    case 'patient-stopped':
      return 'let-go-on';
    case 'gave-up':
    case 'by-hand':
      return 'redrive';
    case 'refused':
    case 'class-closed':
      return REFUSED[code] ?? (why === 'refused' ? 'mend-record' : 'update-site');
  }
}

/** Codes of what another record at its source would not mend. */
const REFUSED: Readonly<Record<string, HeldHelp>> = {
  'not-allowed': 'grant-privilege',
  unsupported: 'update-site',
  'cannot-change': 'update-site',
};
