import type { FoundRecord, RecordAsked, RecordDesk, RecordTimeline } from '@sync-hub/contracts';

/** Timelines without a hub behind them, found by what a test says. */
export class MemoryRecords implements RecordDesk {
  readonly searched: string[] = [];

  constructor(
    private readonly timelines: readonly RecordTimeline[] = [],
    private readonly found: Readonly<Record<string, readonly FoundRecord[]>> = {},
  ) {}

  async search(text: string): Promise<readonly FoundRecord[]> {
    this.searched.push(text);
    return this.found[text.trim()] ?? [];
  }

  async timeline({ uuid }: RecordAsked): Promise<RecordTimeline | null> {
    return this.timelines.find(({ record }) => record.uuid === uuid) ?? null;
  }
}

const AT = '2026-11-30T10:42:00.000Z';
const PATIENT = { aggregate: 'person', uuid: 'a1b2c3d4-0000-4000-8000-000000000001' } as const;
const ENCOUNTER = { aggregate: 'encounter', uuid: 'e1b2c3d4-0000-4000-8000-000000000002' } as const;
const NOWHERE = { patient: null, agreed: [], standing: [], stops: [], away: [], hops: [], next: null, hanging: [] } as const;
const HOP = { at: AT, site: 'central', link: 'kisumu', reason: null, by: null, fields: [], lost: [], origin: null } as const;

/** A patient whose encounter waits for a type that the parent lacks. */
export const aPatientsLife = (): readonly RecordTimeline[] => [
  {
    ...NOWHERE,
    record: PATIENT,
    agreed: [{ link: 'kisumu', parent: 'central', child: 'kisumu', at: AT }],
    hops: [{ ...HOP, said: 'job.ended', outcome: 'pushed', fields: ['names'] }],
    hanging: [{ record: ENCOUNTER, lastAt: AT, states: ['parked'] }],
  },
  {
    ...NOWHERE,
    record: ENCOUNTER,
    patient: PATIENT,
    standing: [
      {
        ...{ kind: 'job', id: '00000000-0000-4000-8000-000000007001', link: 'kisumu', direction: 'push', source: 'kisumu', site: 'central', state: 'parked' },
        ...{
          why: 'unmapped',
          code: 'missing-metadata',
          names: [{ name: 'encountertype/67a71486', label: null }],
          since: AT,
          conflict: null,
          helps: 'add-metadata',
        },
      },
    ],
    hops: [
      { ...HOP, said: 'job.held', outcome: 'parked', reason: 'unmapped' },
      { ...HOP, said: 'held.acted', outcome: 'redriven', by: 'Amina' },
    ],
  },
];
