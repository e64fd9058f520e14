import type { Values } from './database.js';
import type { Hand } from './hand.js';

/** Who plans appointments at a server, in the module's own pages. */
export class AppointmentClinician {
  constructor(private readonly hand: Hand) {}

  /** A service, with the kinds of it by name; under a uuid of the server's own. */
  addService(name: string, ...types: readonly string[]): string {
    const { random } = this.hand.engine;
    const uuid = random.uuid();
    const rows = JSON.stringify(types.map((type) => ({ uuid: random.uuid(), name: type })));
    this.hand.act(({ tx }) => tx.insert('appointmentservice', uuid, null, { name, types: rows, voided: false }));
    return uuid;
  }

  /** By the columns of its table; what it is for by name, whom it is with and why as lists. */
  add({
    uuid,
    service,
    serviceType,
    ...appointment
  }: Readonly<Record<string, unknown>> & { readonly uuid: string; readonly service: string; readonly serviceType?: string }): string {
    const row = this.hand.engine.database.all('appointmentservice').find(({ values }) => values['name'] === service);
    if (row === undefined) throw new Error(`no service ${service} here`);
    const types = JSON.parse(String(row.values['types'])) as readonly { readonly uuid: string; readonly name: string }[];
    const type = types.find(({ name }) => name === serviceType)?.uuid ?? null;
    const first = {
      voided: false,
      status: 'Scheduled',
      appointmentKind: 'Scheduled',
      appointmentNumber: '0000',
      dateAppointmentScheduled: this.hand.engine.now(),
    };
    this.hand.act(({ tx }) => tx.insert('appointment', uuid, null, { ...first, service: row.uuid, serviceType: type, ...columns(appointment) }));
    return uuid;
  }

  change = (uuid: string, patch: Readonly<Record<string, unknown>>): void => this.hand.act(({ tx }) => tx.set({ kind: 'appointment', uuid }, columns(patch)));
  /** As the module does with those of a series. */
  void = (uuid: string): void => this.change(uuid, { voided: true });
}

const columns = (values: Readonly<Record<string, unknown>>): Values =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, Array.isArray(value) ? JSON.stringify(value) : value])) as Values;
