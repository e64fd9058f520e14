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
