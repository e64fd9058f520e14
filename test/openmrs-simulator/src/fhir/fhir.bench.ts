import type { SimulatorOptions } from '../index.js';
import { type Bench, bench, type Reply } from '../simulator.bench.js';

export interface FhirBench extends Bench {
  fhir(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>;
  stu3(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>;
}

/** A bench with clients of `/ws/fhir2/R4` and `/ws/fhir`. */
export async function fhirBench(options: Partial<SimulatorOptions> = {}): Promise<FhirBench> {
  const at = await bench(options);
  const under =
    (base: string): FhirBench['fhir'] =>
    (method, path, body, headers = {}) =>
      at.request(method, `${base}/${path}`, body, { 'content-type': 'application/fhir+json', ...headers });
  return { ...at, fhir: under('ws/fhir2/R4'), stu3: under('ws/fhir') };
}

/** One for one test, stopped whatever comes. */
export async function withFhirBench(options: Partial<SimulatorOptions>, use: (at: FhirBench) => Promise<void>): Promise<void> {
  const at = await fhirBench(options);
  try {
    await use(at);
  } finally {
    await at.simulator.stop();
  }
}
