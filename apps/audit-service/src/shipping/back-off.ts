/** Milliseconds to wait after so many failures in a row: twice as long each time, and a little less by chance, so that clinics which lost their hub at once do not come back at once. */
export const backOff = (failures: number, { firstMs, atMostMs }: { readonly firstMs: number; readonly atMostMs: number }, random: number): number =>
  Math.min(firstMs * 2 ** Math.min(failures - 1, 30), atMostMs) * (1 - 0.2 * random);
