import type { CompletenessRow, Counted, LinkId, SiteId } from '@sync-hub/contracts';
import type { KnownRecord, KnownSide } from '@sync-hub/persistence';

/** The link that is counted, as one of its ends sees it. */
export interface CountedEnd {
  readonly link: LinkId;
  readonly side: 'parent' | 'child';
  readonly other: SiteId;
}

interface Sums {
  here: number;
  there: number;
  both: number;
}

type Seen = { here: boolean; there: boolean };

const ALL = '';
const DATES: Readonly<Record<'visit' | 'encounter', string>> = { visit: 'startDatetime', encounter: 'encounterDatetime' };

/** Counts what two ends are known to hold, by kind and by month; told record by record, so that none is kept. */
export class CountCompleteness {
  private readonly sums = new Map<string, Sums>();
  /** Patients with care in a month, at either end. */
  private readonly seen = new Map<string, Map<string, Seen>>();
  sealed = 0;

  constructor(private readonly end: CountedEnd) {}

  take(record: KnownRecord | null): void {
    if (record === null) {
      this.sealed += 1;
      return;
    }
    const { here, there } = this.endsOf(record);
    const category = categoryOf(record);
    if (category === null || (here === null && there === null)) return;
    const at = { here: here !== null, there: there !== null };
    this.add(category, ALL, at);
    if (category === 'patient') return;
    const month = monthOf((here ?? there)?.fields[DATES[category]]);
    if (month === null) return;
    this.add(category, month, at);
    this.noteSeen(month, (here ?? there)?.fields['patient'], at);
  }

  /** All of a kind first, then by month, the newest first. */
  rows(): readonly CompletenessRow[] {
    for (const [month, patients] of this.seen) for (const at of patients.values()) this.add('patient', month, at);
    this.seen.clear();
    const { link, other } = this.end;
    return [...this.sums]
      .map(([key, sums]) => {
        const [category = '', month = ''] = key.split(' ');
        return { link, other, category: category as Counted, month: month === ALL ? null : month, ...sums };
      })
      .sort((a, b) =>
        a.month === b.month ? ORDER.indexOf(a.category) - ORDER.indexOf(b.category) : a.month === null || (b.month !== null && a.month > b.month) ? -1 : 1,
      );
  }

  private endsOf({ parent, child }: KnownRecord): { readonly here: KnownSide | null; readonly there: KnownSide | null } {
    const [here, there] = this.end.side === 'parent' ? [parent, child] : [child, parent];
    return { here: presentOf(here), there: presentOf(there) };
  }

  private add(category: Counted, month: string, { here, there }: Seen): void {
    const key = `${category} ${month}`;
    const sums = this.sums.get(key) ?? { here: 0, there: 0, both: 0 };
    this.sums.set(key, { here: sums.here + (here ? 1 : 0), there: sums.there + (there ? 1 : 0), both: sums.both + (here && there ? 1 : 0) });
  }

  private noteSeen(month: string, patient: unknown, { here, there }: Seen): void {
    if (typeof patient !== 'string') return;
    const patients = this.seen.get(month) ?? new Map<string, Seen>();
    const before = patients.get(patient) ?? { here: false, there: false };
    patients.set(patient, { here: before.here || here, there: before.there || there });
    this.seen.set(month, patients);
  }
}

const ORDER: readonly Counted[] = ['patient', 'visit', 'encounter'];

const presentOf = (side: KnownSide | null): KnownSide | null => (side?.presence === 'present' ? side : null);

function categoryOf({ aggregate, parent, child }: KnownRecord): Counted | null {
  if (aggregate === 'visit' || aggregate === 'encounter') return aggregate;
  return aggregate === 'person' && [parent, child].some((side) => side?.fields['isPatient'] === true) ? 'patient' : null;
}

/** Instants are in UTC (`canonical.ts`). */
const monthOf = (at: unknown): string | null => (typeof at === 'string' && /^\d{4}-\d{2}-/.test(at) ? at.slice(0, 7) : null);
