import type { Mutation } from './mutation.js';

/** The database server and the broker of this test run, for the runs in the copy: only what those tests need is started. */
export async function testServers(mutations: readonly Mutation[]): Promise<Readonly<Record<string, string>>> {
  const files = mutations.map(({ red }) => red.file).filter((file) => file.includes('.int.'));
  const services = process.env['SYNC_HUB_TEST_SERVICES'];
  if (files.length === 0 || services === undefined) return {};
  const answer = await fetch(`${services}/postgres`);
  if (!answer.ok) throw new Error(`no PostgreSQL for this test run: ${await answer.text()}`);
  const { adminUrl } = (await answer.json()) as { readonly adminUrl: string };
  return { DATABASE_URL: adminUrl };
}
