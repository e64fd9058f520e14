import { describe, expect, it } from '@jest/globals';
import { AUDIT_STEP_FIELDS, stepOfLine as asWrittenOut } from '@sync-hub/contracts';
import { STEP_FIELDS, stepOfLine } from './step-of-line.js';

const details = {
  trace: '0af7651916cd43dd8448eb211c80319c',
  step: { attempt: 2, tookMs: 31, bytesRead: 900, anything: 'else' },
  versionBefore: 'abc',
  versionAfter: ['no', 'text'],
  code: 'refused',
};

describe('what a line says of its step', () => {
  it('is what an export has in columns of their own, and nothing of it is told twice', () => {
    expect(STEP_FIELDS).toEqual(AUDIT_STEP_FIELDS);
    const { step, others } = stepOfLine({ details });
    expect(Object.fromEntries(step)).toEqual({ trace: details.trace, attempt: 2, tookMs: 31, bytesRead: 900, versionBefore: 'abc' });
    expect(Object.fromEntries(step)).toEqual(asWrittenOut({ details }));
    expect(others).toEqual([
      ['versionAfter', ['no', 'text']],
      ['code', 'refused'],
    ]);
  });

  it('is nothing where the line is older, or another’s', () => {
    expect(stepOfLine({ details: { step: 'forward', code: 'x' } })).toEqual({ step: [], others: [['code', 'x']] });
    expect(stepOfLine({ details: { step: null } })).toEqual({ step: [], others: [] });
  });
});
