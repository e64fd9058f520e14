import {
  CARE,
  type EncounterInput,
  type ObsInput,
  type PatientInput,
  SAMPLE,
  type Simulator,
  type SimulatorOptions,
  sampleMetadata,
  startSimulator,
} from './index.js';

// biome-ignore lint/suspicious/noExplicitAny: tests look into whatever comes back
type Json = any;

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: Json;
}

export const basic = (username: string, password: string): string => `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
const ADMIN = basic('admin', 'Admin123');

/** One simulator with the sample metadata, a clock that stands still, a clinic, and a client without cookies. */
export async function bench(options: Partial<SimulatorOptions> = {}) {
  const time = { now: Date.parse('2026-01-02T03:04:05.678Z') };
  const simulator: Simulator = await startSimulator({ id: 'kisumu', profile: '2.8', clock: () => new Date(time.now), ...options });
  simulator.seedMetadata(sampleMetadata());
  const clinic = simulator.clinician.addLocation({ name: 'Clinic' });

  const request = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Reply> => {
    const response = await fetch(`${simulator.baseUrl}/${path}`, {
      method,
      headers: { authorization: ADMIN, 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') === true && text !== '';
    return { status: response.status, headers: response.headers, text, json: isJson ? JSON.parse(text) : null };
  };

  const identifier = (value: string) => ({ identifier: value, identifierType: SAMPLE.openmrsId, location: clinic, preferred: true });
  const jane = (value = 'JANE-1', more: Partial<PatientInput> = {}): PatientInput => ({
    gender: 'F',
    birthdate: '1985-05-12',
    names: [{ givenName: 'Jane', familyName: 'Doe', preferred: true }],
    identifiers: [identifier(value)],
    ...more,
  });

  /** Vitals of an hour before the bench's clock. */
  const vitals = (patient: string, obs: readonly ObsInput[], more: Partial<EncounterInput> = {}): EncounterInput => ({
    patient,
    encounterType: CARE.vitals,
    encounterDatetime: '2026-01-02T02:00:00.000+0000',
    location: clinic,
    obs,
    ...more,
  });

  return {
    simulator,
    clinic,
    identifier,
    jane,
    vitals,
    request,
    call: (method: string, path: string, body?: unknown, headers?: Record<string, string>) => request(method, `ws/rest/v1/${path}`, body, headers),
    feed: (path: string, headers: Record<string, string> = {}) =>
      request('GET', `ws/atomfeed/${path}`, undefined, { accept: 'application/atom+xml;charset=UTF-8', 'x-forwarded-proto': 'http', ...headers }),
    pass: (seconds: number) => {
      time.now += seconds * 1000;
    },
    /** What the feed says from here on: `category ACTION`, in order. */
    told: (act: () => unknown): string[] => {
      simulator.feed.delete(() => true);
      act();
      return simulator.feedRows().map((row) => (row.tags ?? '').replace(',', ' '));
    },
  };
}

export type Bench = Awaited<ReturnType<typeof bench>>;

/** A bench for one test, stopped whatever comes. */
export async function withBench(options: Partial<SimulatorOptions>, use: (at: Bench) => Promise<void>): Promise<void> {
  const at = await bench(options);
  try {
    await use(at);
  } finally {
    await at.simulator.stop();
  }
}
