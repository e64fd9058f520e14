import { randomBytes, randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { Configuration } from '@sync-hub/configuration';
import { NO_PLUGINS, shownOf } from '@sync-hub/configuration';
import { aConfiguration } from '@sync-hub/configuration/testing';
import { NewPassword, type Role } from '@sync-hub/contracts';
import { keptLog } from '@sync-hub/observability/testing';
import {
  AuditMessageRepository,
  ConflictReportRepository,
  type Database,
  OverviewRepository,
  openDatabase,
  ReceivedWorkRepository,
  Vault,
} from '@sync-hub/persistence';
import { testDatabase } from '@sync-hub/persistence/testing';
import {
  accountDesksOn,
  auditDeskOn,
  bulkDeskOn,
  configurationDeskOn,
  deskOn,
  feedDeskOn,
  heldDeskOn,
  instancesOn,
  linkDeskOn,
  manualRunDeskOn,
  ownDeskOn,
  patientDeskOn,
  receivingIn,
  recordDeskOn,
  ruleDeskOn,
  widgetDeskOn,
} from '@sync-hub/runtime';
import { pageToken } from '../access/same-origin.js';
import type { ConsoleParts } from '../console.module.js';
import { type ConsoleOptions, startConsole } from '../start-console.js';
import { TOKEN } from './memory-console.js';

export const BENCH_TOKEN = TOKEN;

export const EXAMPLE_FILE = fileURLToPath(new URL('../../../../docs/examples/sync-hub.yml', import.meta.url));

/** The console as it runs, before a database of its own, with other desks, or another file of the configuration, where a test has them. */
export async function peopleBench(
  reach: Pick<ConsoleOptions, 'host' | 'address' | 'oidc' | 'board'> = {},
  { instead = {}, file = EXAMPLE_FILE }: { readonly instead?: Partial<ConsoleParts>; readonly file?: string } = {},
) {
  const made = await testDatabase();
  const database = await openDatabase(made.url, 6);
  const kept = keptLog();
  const parts = { ...partsOn(database, aConfiguration(), file), ...instead, log: kept.log };
  const running = await startConsole({ ...parts, ...reach, port: 0 });
  const people = accountDesksOn(database, 'hub');
  return {
    parts,
    database,
    kept,
    url: running.url,
    people,
    /** A session of its own each time: some of what is asked ends it. */
    sessionOf: async (accountId: string): Promise<string> => {
      const secret = randomUUID().replaceAll('-', '').padEnd(43, 'x');
      await database.query(`insert into account_session (digest, account_id) values (sha256($1::bytea), $2)`, [Buffer.from(secret), accountId]);
      return secret;
    },
    /** What a browser sends of a session, from a page of ours. */
    inBrowser: (secret: string): Record<string, string> => ({
      cookie: `sync-hub-session${new URL(running.url).port}=${secret}`,
      origin: running.url,
      'x-page-token': pageToken(secret),
    }),
    /** Somebody with a password that need not be changed. */
    somebody: async (name: string, role: Role) => {
      const added = await people.accounts.add({ name, role }, 'a test');
      const password = NewPassword.parse(`long enough for ${randomBytes(4).toString('hex')}`);
      const begun = await people.signIn.signIn(name, added?.oneTimePassword ?? '', NOWHERE);
      if (added === null || begun.kind !== 'signed-in') throw new Error(`${name} cannot sign in`);
      const changed = await people.signIn.changePassword(begun.session.secret, { current: added.oneTimePassword, next: password }, NOWHERE);
      if (changed.kind !== 'changed') throw new Error(`${name} cannot change the password`);
      return { id: added.id, name, password, secret: changed.session.secret };
    },
    stop: async () => {
      await running.stop();
      await database.close();
      await made.drop();
    },
  };
}
export type PeopleBench = Awaited<ReturnType<typeof peopleBench>>;

export const NOWHERE = { address: 'nowhere', browser: null };

function partsOn(database: Database, configuration: Configuration, file: string): Omit<ConsoleParts, 'log'> {
  const vault = new Vault([{ id: 'test', bytes: randomBytes(32) }]);
  const desk = deskOn(database, vault, configuration);
  return {
    overview: new OverviewRepository(database, () => shownOf(configuration)),
    instances: instancesOn(new ReceivedWorkRepository(database, vault), () => receivingIn(configuration)),
    desk,
    rules: ruleDeskOn(database, () => configuration),
    bulk: bulkDeskOn(database, vault, desk),
    held: heldDeskOn(database, vault),
    runs: manualRunDeskOn(database, () => configuration),
    feeds: feedDeskOn(database, () => configuration),
    own: ownDeskOn(database, vault, () => configuration),
    widgets: widgetDeskOn(database, vault, () => configuration),
    links: linkDeskOn(database, vault, () => configuration),
    patients: patientDeskOn(database, vault, () => configuration),
    records: recordDeskOn(database, vault, () => configuration),
    auditDesk: auditDeskOn(database, vault, () => configuration),
    report: new ConflictReportRepository(database),
    configuration: configurationDeskOn(database, vault, {
      file,
      plugins: NO_PLUGINS,
      current: () => configuration,
      secrets: null,
      origin: 'console',
    }),
    audit: { messages: new AuditMessageRepository(database), configuration: () => configuration },
    people: accountDesksOn(database, 'hub'),
    token: BENCH_TOKEN,
  };
}
