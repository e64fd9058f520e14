import { describe, expect, it } from '@jest/globals';
import { BugError, TransientError } from '@sync-hub/contracts';
import { safeDatabaseError } from './safe-database-error.js';

/** As pg and TypeORM throw it: text, detail, query and parameters hold the row. */
function thrown(code: string): Error {
  const driverError = Object.assign(new Error('duplicate key value violates unique constraint: Achieng'), {
    code,
    detail: 'Key (name)=(Achieng Odhiambo) already exists.',
    table: 'job',
    constraint: 'job_open',
  });
  return Object.assign(new Error('QueryFailedError: Achieng'), { driverError, query: 'insert into job', parameters: ['Achieng Odhiambo'] });
}

describe('an error of the database', () => {
  it.each(['23505', '22P02', '42601', 'no-such'])('of %s is told by its code, table and constraint, and never by its rows', (code) => {
    const told = safeDatabaseError(thrown(code));
    expect(told).toBeInstanceOf(BugError);
    expect(told.details).toEqual({ sqlstate: code, table: 'job', constraint: 'job_open', column: null });
    expect(`${told.message} ${JSON.stringify(told)} ${told.stack}`).not.toMatch(/Achieng|Odhiambo/);
    expect(told.cause).toBeUndefined();
  });

  it.each(['40P01', '40001', '55P03', '57P01', '53300', '08006', 'ECONNREFUSED'])('of %s may heal, and is told no more of', (code) => {
    const told = safeDatabaseError(thrown(code));
    expect([told instanceof TransientError, told.code]).toEqual([true, 'database-busy']);
    expect(`${told.message} ${JSON.stringify(told.details)} ${told.stack}`).not.toMatch(/Achieng|Odhiambo/);
  });

  it('for want of room says so in plain words, and goes on when there is some', () => {
    const told = safeDatabaseError(thrown('53100'));
    expect(told).toBeInstanceOf(TransientError);
    expect([told.code, told.message]).toEqual(['disk-full', expect.stringContaining('disk of the database is full')]);
  });

  it('of ours stays as it is', () => {
    const ours = new BugError('a state that cannot be');
    expect(safeDatabaseError(ours)).toBe(ours);
  });
});
