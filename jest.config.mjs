/** One Jest for every kind of test; `scripts/test.mjs` chooses which files to run and brings up what they need. */
export default {
  runtime: '<rootDir>/scripts/jest/native-runtime.mjs',
  testEnvironment: '<rootDir>/scripts/jest/native-environment.mjs',
  testTimeout: 60_000, // a busy machine, and a first file that starts the database for all; nothing waits for time
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
};
