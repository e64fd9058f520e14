import { Management, newVhost, type TestVhost } from './management.js';
import { type FindOptions, type Found, findRabbitMq, type TestRabbitMq } from './private-rabbitmq.js';

type Shared = Pick<TestRabbitMq, 'url' | 'managementUrl'>;

/**
 * A virtual host of a test file's own. Under `npm test` the whole run shares one broker, which the run's own process starts when the first file asks
 * for it; elsewhere this process starts one, and `drop` ends it. A broker without management is used as it is given.
 */
export async function testRabbitMq(options: FindOptions = {}): Promise<Found<TestVhost>> {
  const shared = await sharedBroker();
  if (shared !== null && 'reason' in shared) return { broker: null, reason: shared.reason };
  if (shared !== null) return { broker: await vhostOn(shared) };
  const found = await findRabbitMq(options);
  if (found.broker === null) return found;
  const { broker } = found;
  const vhost = await vhostOn(broker);
  const drop = async (): Promise<void> => {
    await vhost.drop();
    await broker.stop();
  };
  return { broker: { ...vhost, drop } };
}

/** The run's own broker, why it has none, or null where this is no such run. */
async function sharedBroker(): Promise<Shared | { readonly reason: string } | null> {
  const services = process.env['SYNC_HUB_TEST_SERVICES'];
  if (services === undefined) return null;
  const answer = await fetch(`${services}/rabbitmq`);
  if (answer.status === 404) return null;
  return answer.ok ? ((await answer.json()) as Shared) : { reason: await answer.text() };
}

async function vhostOn({ url, managementUrl }: Shared): Promise<TestVhost> {
  if (managementUrl === null) return { name: 'as given', url, drop: async () => undefined };
  return newVhost(url, new Management(managementUrl));
}
