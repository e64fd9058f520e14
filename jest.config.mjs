import { swcOptions } from './scripts/swc-options.mjs';

/** One Jest for every kind of test; `scripts/test.mjs` chooses which files to run and brings up what they need. */
export default {
  testEnvironment: 'node',
  testTimeout: 60_000, // a busy machine, and a first file that starts the database for all; nothing waits for time
  extensionsToTreatAsEsm: ['.ts'],
  testMatch: [
    '<rootDir>/{libs,apps}/*/src/**/*.spec.ts',
    '<rootDir>/apps/console/front/**/*.spec.ts',
    '<rootDir>/test/**/*.spec.ts',
    '<rootDir>/scripts/**/*.spec.ts',
  ],
  modulePathIgnorePatterns: ['/dist/'],
  globalSetup: '<rootDir>/scripts/jest/start-services.mjs',
  globalTeardown: '<rootDir>/scripts/jest/stop-services.mjs',
  testSequencer: '<rootDir>/scripts/jest/longest-first.mjs',
  transform: { '^.+\\.ts$': ['@swc/jest', swcOptions] },
  moduleNameMapper: {
    '^@sync-hub/(contracts|merge|categories|conflicts|openmrs|messaging|configuration|observability|persistence|runtime)/testing$':
      '<rootDir>/libs/$1/src/testing/index.ts',
    '^@sync-hub/(contracts|merge|categories|conflicts|openmrs|messaging|configuration|observability|persistence|runtime)$': '<rootDir>/libs/$1/src/index.ts',
    '^@sync-hub/(openmrs-simulator|demo)$': '<rootDir>/test/$1/src/index.ts',
    '^@sync-hub/([a-z-]+)$': '<rootDir>/apps/$1/src/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
};
