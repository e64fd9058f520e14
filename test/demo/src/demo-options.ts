import { parseArgs } from 'node:util';

export interface DemoOptions {
  /** End by itself: exit 0 only if all sites agree on every record in scope and nothing is held. */
  readonly once: boolean;
  /** Separate processes over RabbitMQ and PostgreSQL instead of one process. */
  readonly rabbitmq: boolean;
}

/** Reads the demo's arguments. @throws TypeError naming the argument that it does not know */
export function demoOptions(args: readonly string[]): DemoOptions {
  const { values } = parseArgs({ args: [...args], options: { once: { type: 'boolean', default: false }, rabbitmq: { type: 'boolean', default: false } } });
  return { once: values.once, rabbitmq: values.rabbitmq };
}
