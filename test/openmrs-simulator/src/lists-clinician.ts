import type { Hand } from './hand.js';
import { type ResourceName, resourceOf } from './resource.js';
import type { Body } from './writer.js';

/** The lists that people at that clinic keep of a patient. */
export class ListsClinician {
  constructor(private readonly hand: Hand) {}

  /** A problem that a patient has or had; it may be recorded in an encounter, which REST has no word for. */
  addCondition = (condition: Body): string => this.record('condition', condition, ['encounter']);
  /** The uuid of the one that takes its place, where core writes it anew. */
  editCondition = (uuid: string, patch: Body): string => this.hand.update('condition', uuid, patch);
  voidCondition = (uuid: string, reason = 'entered in error'): void => this.hand.take('condition', uuid, { reason });

  addDiagnosis = (diagnosis: Body): string => this.record('patientdiagnoses', { condition: null, ...diagnosis }, []);
  editDiagnosis = (uuid: string, patch: Body): string => this.hand.update('patientdiagnoses', uuid, patch);
  voidDiagnosis = (uuid: string, reason = 'entered in error'): void => this.hand.take('patientdiagnoses', uuid, { reason });

  /** A new order; the keys of REST, `type` among them. */
  order = (order: Body): string => this.record('order', order, []);
  /** What takes the place of an order, says so, and stops it: `REVISE`, `RENEW` or `DISCONTINUE`. */
  follow(previousOrder: string, action: string, more: Body = {}): string {
    const { values } = this.hand.row('order', previousOrder);
    const kept = ['type', 'patient', 'encounter', 'concept', 'drug', 'careSetting', 'orderType', 'orderer', 'dosingType'];
    const own = Object.fromEntries(kept.flatMap((key) => ((values[key] ?? null) === null ? [] : [[key, values[key]]])));
    return this.record('order', { ...own, ...more, previousOrder, action }, []);
  }
  voidOrder = (uuid: string, reason = 'entered in error'): void => this.hand.take('order', uuid, { reason });
  restoreOrder = (uuid: string): void => this.hand.restore('order', uuid);

  dispense = (dispense: Body): string => this.record('medicationdispense', dispense, []);
  editDispense = (uuid: string, patch: Body): string => this.hand.update('medicationdispense', uuid, patch);
  voidDispense = (uuid: string, reason = 'entered in error'): void => this.hand.take('medicationdispense', uuid, { reason });

  /** Made with keys that REST does not take. */
  private record(name: ResourceName, { uuid, ...body }: Body, more: readonly string[]): string {
    const line = resourceOf(this.hand.engine, name);
    const own = typeof uuid === 'string' ? uuid : this.hand.engine.random.uuid();
    this.hand.act((writer) => {
      const row = writer.create(line, own, null);
      writer.apply(line, row, body, [...line.create, ...more], line.required);
      line.save(writer, row);
    });
    return own;
  }
}
