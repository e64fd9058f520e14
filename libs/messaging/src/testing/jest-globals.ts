type Jest = typeof import('@jest/globals');

/** The running suite's own functions. Looked up when a suite is written, because this door is also used where there is no Jest. */
export const jestGlobals = (): Pick<Jest, 'describe' | 'it' | 'expect' | 'beforeEach' | 'afterEach'> => globalThis as unknown as Jest;
