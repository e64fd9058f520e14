import { z } from 'zod';

const SECRET = 'a reference to it, { env: NAME } or { file: PATH }: a secret itself never stands in the configuration';

export const secret = z.union([z.strictObject({ env: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/) }), z.strictObject({ file: z.string().min(1) })], {
  error: SECRET,
});
/** Where a secret is found: the name of an environment variable, or the path of a file. Never the secret. */
export type SecretReference = z.infer<typeof secret>;
