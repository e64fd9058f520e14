import { type AnsweredRequest, type Simulator, sampleData, sampleMetadata, startSimulator } from '@sync-hub/openmrs-simulator';

/** A parent and one child. */
export const SITES = ['central', 'kisumu'] as const;
export type SiteName = (typeof SITES)[number];

/** One request as it was answered at a site, so that it can be made again. */
export interface Call {
  readonly site: SiteName;
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly body: string;
  readonly status: number;
  /** When it came, milliseconds of the epoch. */
  readonly at: number;
  readonly ms: number;
}

export interface FieldOptions {
  readonly records: number;
  /** Entries of a page of the feeds. */
  readonly entriesPerPage: number;
}

/** The change of one record at the child, and when it was made. */
export interface Made {
  readonly uuid: string;
  readonly at: number;
}

/** The sites of a benchmark: both hold the same patients, the parent without having told of them. */
export class Field {
  readonly #sites: Record<SiteName, Simulator>;
  readonly #patients: readonly string[];
  #calls: Call[] = [];
  #edits = 0;

  private constructor(sites: Record<SiteName, Simulator>, patients: readonly string[], onCall: (hear: (call: Call) => void) => void) {
    this.#sites = sites;
    this.#patients = patients;
    onCall((call) => void this.#calls.push(call));
  }

  static async start({ records, entriesPerPage }: FieldOptions): Promise<Field> {
    let hear: (call: Call) => void = () => undefined;
    const start = async (id: SiteName): Promise<Simulator> => {
      const onAnswer = ({ method, path, rawQuery, body, status, at, ms }: AnsweredRequest): void =>
        hear({ site: id, method, path: rawQuery === '' ? path : `${path}?${rawQuery}`, body, status, at, ms });
      const simulator = await startSimulator({ id, profile: '2.8', onAnswer });
      simulator.seedMetadata(sampleMetadata());
      simulator.feed.chunking = [{ length: entriesPerPage, start: 1 }];
      return simulator;
    };
    const sites = { central: await start('central'), kisumu: await start('kisumu') };
    const data = sampleData('benchmark', records);
    sites.central.load(data, { quietly: true });
    sites.kisumu.load(data);
    const patients = data.patients.map(({ uuid }) => String(uuid));
    return new Field(sites, patients, (to) => {
      hear = to;
    });
  }

  get addresses(): Readonly<Record<SiteName, string>> {
    return { central: this.#sites.central.baseUrl, kisumu: this.#sites.kisumu.baseUrl };
  }

  /** How long every site takes for an answer. */
  answerIn(ms: number): void {
    for (const site of SITES) this.#sites[site].faults.latencyMs = ms;
  }

  /** A clerk corrects a date of birth: of `count` patients at once, and the feed tells of all of them at the same moment. */
  change(count: number): readonly Made[] {
    const { kisumu } = this.#sites;
    kisumu.pausePublisher();
    const uuids = this.#patients.slice(0, count);
    for (const uuid of uuids) this.#correct(uuid);
    const at = Date.now();
    kisumu.resumePublisher();
    return uuids.map((uuid) => ({ uuid, at }));
  }

  /** The same of one patient, another one each time. */
  changeOne(index: number): Made {
    const uuid = this.#patients[index % this.#patients.length] ?? '';
    const at = Date.now();
    this.#correct(uuid);
    return { uuid, at };
  }

  #correct(uuid: string): void {
    this.#edits += 1;
    const day = new Date(Date.UTC(1930, 0, 1 + (this.#edits % 30_000)));
    this.#sites.kisumu.clinician.edit('person', uuid, { birthdate: day.toISOString().slice(0, 10) });
  }

  /** How many of these say the same at the parent as at the child. */
  arrived(uuids: readonly string[]): number {
    const birthdates = (site: SiteName) => new Map(this.#sites[site].state().people.map((person) => [person.uuid, person.values['birthdate']]));
    const [above, below] = [birthdates('central'), birthdates('kisumu')];
    return uuids.filter((uuid) => above.get(uuid) === below.get(uuid)).length;
  }

  /** Writes that the parent accepted since it was asked last to forget them. */
  writes(): number {
    return this.#calls.filter(({ site, method, status }) => site === 'central' && method === 'POST' && status < 300).length;
  }

  calls(): readonly Call[] {
    return this.#calls;
  }

  /** Requests up to now are forgotten. */
  forget(): void {
    this.#calls = [];
    for (const site of SITES) this.#sites[site].resetRequests();
  }

  async stop(): Promise<void> {
    await Promise.all(SITES.map((site) => this.#sites[site].stop()));
  }
}

/** The account of both sites. */
export const LOGIN = { username: 'admin', password: 'Admin123' } as const;
