import { describe, expect, it } from '@jest/globals';
import type { ConflictReportRow } from '@sync-hub/contracts';
import { csvLines, reportLines } from './conflict-report.js';

const row = (changes: Partial<ConflictReportRow> = {}): ConflictReportRow => ({
  from: '2026-11-02',
  link: 'kisumu',
  category: 'patient',
  aggregate: 'person',
  field: 'gender',
  by: null,
  opened: 12,
  closed: 1,
  ...changes,
});

describe('the report of conflicts on the command line', () => {
  it('is a table with its columns in line', () => {
    expect(reportLines([row(), row({ link: 'nairobi-west', by: 'amina@hub' })], 'week')).toEqual([
      'week        link          category  field   by         opened  closed',
      '2026-11-02  kisumu        patient   gender  -          12      1',
      '2026-11-02  nairobi-west  patient   gender  amina@hub  12      1',
    ]);
  });

  it('says so where there is nothing to tell', () => {
    expect(reportLines([], 'month')).toEqual(['There were no conflicts.']);
  });

  it('is CSV that a spreadsheet reads as text, whatever somebody is called', () => {
    expect(csvLines([row(), row({ by: 'A "nurse", Kisumu' }), row({ by: '=cmd()' })])).toEqual([
      'from,link,category,field,by,opened,closed',
      '2026-11-02,kisumu,patient,gender,,12,1',
      '2026-11-02,kisumu,patient,gender,"A ""nurse"", Kisumu",12,1',
      "2026-11-02,kisumu,patient,gender,'=cmd(),12,1",
    ]);
  });
});
