/** Imported by Node itself, `@jest/globals` refuses to be used; here it is what `native-runtime.mjs` has of Jest for the file that runs. */
const GLOBALS = new URL('./globals.mjs', import.meta.url).href;

export async function resolve(specifier, context, nextResolve) {
  return specifier === '@jest/globals' ? { url: GLOBALS, shortCircuit: true } : nextResolve(specifier, context);
}
