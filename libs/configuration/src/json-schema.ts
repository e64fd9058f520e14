import { z } from 'zod';
import { ConfigurationFile } from './schema.js';

/** Types of which the schema says by itself all that our messages say. */
const SAYS_IT_ALL: readonly string[] = ['object', 'enum', 'boolean'];

/** What a place may hold, as our own messages say it. */
function allowedIn(schema: z.core.$ZodType): string | null {
  const { error, type } = schema._zod.def;
  if (error === undefined || SAYS_IT_ALL.includes(type)) return null;
  const said = error({} as Parameters<typeof error>[0]);
  return typeof said === 'string' ? said : null;
}

/**
 * The shape of the configuration file for editors, as JSON Schema 2020-12: keys, types, defaults, and for each place what may stand there. What must hold over
 * the whole of it, that a link names sites which are there for instance, only `config check` knows.
 */
export function configurationJsonSchema(): Readonly<Record<string, unknown>> {
  const schema = z.toJSONSchema(ConfigurationFile, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      const allowed = allowedIn(zodSchema);
      if (allowed !== null) jsonSchema.description = allowed;
    },
  });
  return { ...schema, title: 'OpenMRS Sync Hub configuration' };
}
