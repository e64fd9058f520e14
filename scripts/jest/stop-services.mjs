/** Jest's `globalTeardown`. */
export default async function stopServices() {
  await globalThis.stopTestServices?.();
}
