import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type Database, openDatabase } from '../database.js';
import { aConflict, aDetail, aReport } from '../testing/conflict.builder.js';
import { testDatabase } from '../testing/database.js';
import { Vault } from '../vault.js';
import { ConflictReportRepository } from './conflict-report.repository.js';
import { ReceivedConflictRepository } from './received-conflict.repository.js';

jest.setTimeout(60_000);

interface Kept {
  readonly opened: string;
  readonly closed?: string;
  readonly closedAs?: string;
  readonly fields?: readonly string[];
  readonly answers?: readonly (readonly [by: string, endedAs: string | null])[];
  readonly dismissedBy?: string;
}

describe('the report of conflicts', () => {
  let database: Database;
  let report: ConflictReportRepository;
  let drop: () => Promise<void>;
  beforeAll(async () => {
    const made = await testDatabase();
    drop = made.drop;
    database = await openDatabase(made.url, 4);
    report = new ConflictReportRepository(database);
    await keep({
      opened: '2026-11-02T00:00:00Z',
      closed: '2026-11-08T23:59:59Z',
      closedAs: 'answered',
      fields: ['gender', 'names'],
      answers: [
        ['amina', 'stale'],
        ['grace', 'applied'],
      ],
    });
    await keep({ opened: '2026-11-08T23:59:59Z', closed: '2026-11-09T00:00:00Z', closedAs: 'by-itself' });
    await keep({ opened: '2026-11-09T10:00:00Z', closed: '2026-12-01T10:00:00Z', closedAs: 'dismissed', dismissedBy: 'amina' });
    await keep({ opened: '2026-12-01T10:00:00Z', answers: [['grace', null]] });
    await hearOf('kisumu-box');
  }, 60_000);
  afterAll(async () => {
    await database.close();
    await drop();
  });

  /** A conflict as the tables have it. */
  async function keep({ opened, closed, closedAs, fields = ['gender'], answers = [], dismissedBy }: Kept): Promise<void> {
    const [id, job, snapshot] = [randomUUID(), randomUUID(), randomUUID()];
    await database.write(
      `insert into snapshot (id, site, aggregate, uuid, generation, shape, content_hash, sealed) values ($1, 'central', 'person', $2, 1, 1, '', '')`,
      [snapshot, id],
    );
    await database.write(
      `insert into job (id, link, direction, source, target, aggregate, uuid, category, state, outcome, source_hash, read_at_revision, source_generation, target_generation)
       values ($1, 'kisumu', 'pull', 'central', 'kisumu', 'person', 'jane', 'patient', 'ended', 'in-step', '', 0, 1, 1)`,
      [job],
    );
    await database.write(
      `insert into conflict (id, link, aggregate, uuid, job_id, reason, fields, parent_snapshot, child_snapshot, agreement_revision, opened_at, closed_at, closed_as)
       values ($1::uuid, 'kisumu', 'person', $1::uuid::text, $2, 'both-edited', $3, $4, $4, 0, $5, $6, $7)`,
      [id, job, fields, snapshot, opened, closed ?? null, closedAs ?? null],
    );
    for (const [index, [by, endedAs]] of answers.entries())
      await database.write(
        `insert into conflict_answer (id, conflict_id, number, version, sealed, fields, answered_by, ended_as) values ($1, $2, $3, 1, '', '{}', $4, $5)`,
        [randomUUID(), id, index + 1, by, endedAs],
      );
    if (dismissedBy !== undefined) await database.write(`insert into conflict_note (conflict_id, what, "by") values ($1, 'dismissed', $2)`, [id, dismissedBy]);
  }

  /** Another instance has told of one, which was answered here. */
  async function hearOf(origin: string): Promise<void> {
    const received = new ReceivedConflictRepository(database, new Vault([{ id: 'test', bytes: randomBytes(32) }]));
    const conflict = aConflict({
      link: 'siaya',
      category: 'visit',
      record: { aggregate: 'visit', uuid: 'v' },
      fields: ['stopDatetime'],
      openedAt: '2026-11-03T00:00:00.000Z',
    });
    await received.take(origin, aReport({ open: [conflict] }));
    await received.take(origin, aReport({ open: [conflict], details: [aDetail(conflict)] }));
    const act = await received.act({
      origin,
      conflict: conflict.id,
      version: 1,
      by: 'amina@hub',
      act: { does: 'answer', answer: { version: 1, choices: [{ path: 'x', take: 'child' }] } },
    });
    await received.take(origin, aReport({ open: [conflict], became: [{ act: String(act), as: 'taken' }] }));
  }

  const person = { link: 'kisumu', category: 'patient', aggregate: 'person' };

  it('counts by week, each conflict once for each of its fields, with who answered: those whose answer was taken, and those who dismissed', async () => {
    expect(await report.read('week')).toEqual([
      { from: '2026-11-02', ...person, field: 'gender', by: null, opened: 1, closed: 0 },
      { from: '2026-11-02', ...person, field: 'gender', by: 'grace', opened: 1, closed: 1 },
      { from: '2026-11-02', ...person, field: 'names', by: 'grace', opened: 1, closed: 1 },
      { from: '2026-11-02', link: 'siaya', category: 'visit', aggregate: 'visit', field: 'stopDatetime', by: 'amina@hub', opened: 1, closed: 0 },
      { from: '2026-11-09', ...person, field: 'gender', by: null, opened: 0, closed: 1 },
      { from: '2026-11-09', ...person, field: 'gender', by: 'amina', opened: 1, closed: 0 },
      { from: '2026-11-30', ...person, field: 'gender', by: null, opened: 1, closed: 0 },
      { from: '2026-11-30', ...person, field: 'gender', by: 'amina', opened: 0, closed: 1 },
    ]);
  });

  it('counts by month, from a day on', async () => {
    expect(await report.read('month', new Date('2026-12-01T00:00:00Z'))).toEqual([
      { from: '2026-12-01', ...person, field: 'gender', by: null, opened: 1, closed: 0 },
      { from: '2026-12-01', ...person, field: 'gender', by: 'amina', opened: 0, closed: 1 },
    ]);
  });
});
