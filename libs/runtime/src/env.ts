import { BugError } from '@sync-hub/contracts';
import { z } from 'zod';

const Env = z.object({
  SYNC_HUB_CONFIG: z.string().min(1),
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, 'a PostgreSQL address: postgres://user:password@host:port/database'),
  AMQP_URL: z.string().regex(/^amqps?:\/\//, 'a RabbitMQ address: amqp://user:password@host:port/vhost'),
  SYNC_HUB_KEYS: z
    .string()
    .regex(/^[a-z0-9-]{1,32}:[A-Za-z0-9+/=]+(,[a-z0-9-]{1,32}:[A-Za-z0-9+/=]+)*$/, 'keys as <id>:<32 bytes in base64>, the newest first, separated by commas'),
  SYNC_HUB_DATA: z.string().min(1),
  SYNC_HUB_PLUGINS: z.string().min(1),
  SYNC_HUB_LOG: z.enum(['json', 'pretty']),
  SYNC_HUB_HTTP_HOST: z.string().min(1),
  SYNC_HUB_HTTP_PORT: z.coerce.number().int().min(0).max(65_535),
  SYNC_HUB_CONSOLE_PORT: z.coerce.number().int().min(0).max(65_535),
  SYNC_HUB_CONSOLE_TOKEN_FILE: z.string().min(1),
});
type Env = z.infer<typeof Env>;
export type EnvName = keyof Env;

/** The environment of this process: the variables a service must have, and those it may have. Throws naming each that is missing or wrong, never a value. */
export function readEnv<Must extends EnvName>(must: readonly Must[]): Pick<Env, Must> & Partial<Env> {
  const parsed = Env.partial().safeParse(process.env);
  const wrong = parsed.success ? [] : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  const missing = must.filter((name) => process.env[name] === undefined).map((name) => `${name}: is not set`);
  if (!parsed.success || missing.length > 0) throw new BugError(`the environment does not fit: ${[...missing, ...wrong].join('; ')}`);
  return parsed.data as Pick<Env, Must> & Partial<Env>;
}

/** Every variable, for secrets that the configuration refers to by name. */
export const environment = (): Readonly<Record<string, string | undefined>> => process.env;
