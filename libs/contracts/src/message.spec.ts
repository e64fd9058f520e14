import { describe, expect, it } from '@jest/globals';
import { ContractError } from './errors.js';
import { RecordFetched } from './messages/record-fetched.message.js';

const UUID = '0f7c2d1e-9f0a-4b8e-8f55-0a4b7c3d2e1f';
const FITS = { changeId: UUID, round: 1, record: { aggregate: 'person', uuid: UUID }, site: 'kisumu', snapshot: UUID };

function refusal(act: () => unknown): ContractError {
  try {
    act();
  } catch (error) {
    if (error instanceof ContractError) return error;
    throw error;
  }
  throw new Error('it was not refused');
}

describe('a message', () => {
  it('that says more than its contract is not published: it could be a part of a record', () => {
    for (const more of [{ givenName: 'Achieng' }, { record: { ...FITS.record, givenName: 'Achieng' } }]) {
      const told = refusal(() => RecordFetched.publish({ ...FITS, ...more }));
      expect(`${told.message} ${JSON.stringify(told.details)}`).not.toContain('Achieng');
    }
    expect(RecordFetched.publish(FITS)).toEqual(FITS);
  });

  it('is heard with what a newer release may have added, which is left out', () => {
    expect(RecordFetched.receive({ ...FITS, since: 'the next release' })).toEqual(FITS);
  });

  it('that does not fit is told by the names of its fields, and never by their values', () => {
    const told = refusal(() => RecordFetched.receive({ ...FITS, round: 'Achieng', record: { aggregate: 'Achieng', uuid: UUID } }));
    expect(told.details).toEqual({ fields: ['round', 'record.aggregate'] });
    expect(`${told.message} ${JSON.stringify(told.details)}`).not.toContain('Achieng');
  });
});
