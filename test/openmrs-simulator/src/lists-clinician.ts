import { rewriteAllergy } from './allergies.js';
import type { Values } from './database.js';
import { taskRow } from './fhir/task.r4.js';
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

  /** What a patient does not bear, in the keys of REST with the patient beside them; it may be recorded in an encounter, which REST has no word for. */
  addAllergy(allergy: Body): string {
    return this.record('allergy', allergy, ['patient', 'encounter']);
  }
  /** As a client of REST edits it: in place. */
  changeAllergy = (uuid: string, patch: Body): string => this.hand.update('allergy', uuid, patch);
  /** As it is edited in the server's own pages: the uuid of the one that takes its place. */
  editAllergy(uuid: string, patch: Body): string {
    const row = this.hand.row('allergy', uuid);
    const made: { uuid?: string } = {};
    this.hand.act((writer) => {
      made.uuid = rewriteAllergy(writer, resourceOf(this.hand.engine, 'allergy'), row, patch);
    });
    return made.uuid ?? uuid;
  }
  voidAllergy = (uuid: string, reason = 'entered in error'): void => this.hand.take('allergy', uuid, { reason });

  /** As a laboratory's module writes it into the table of fhir2, by its columns. */
  addReport({ uuid, ...report }: Values & { readonly uuid: string }): string {
    this.hand.act(({ tx, site }) => tx.insert('diagnosticreport', uuid, null, { voided: false, issued: site.now(), results: [], ...report }));
    return uuid;
  }
  changeReport = (uuid: string, patch: Values): void => this.hand.act(({ tx }) => tx.set({ kind: 'diagnosticreport', uuid }, patch));
  voidReport = (uuid: string): void =>
    this.hand.act(({ tx, site, author }) =>
      tx.set({ kind: 'diagnosticreport', uuid }, { voided: true, voidedBy: author, dateVoided: site.now(), voidReason: 'entered in error' }),
    );

  /** As a laboratory's module writes one into the table of fhir2: references and lists as FHIR says them, the rest by its columns. */
  addTask({ uuid, ...task }: Readonly<Record<string, unknown>> & { readonly uuid: string }): string {
    this.hand.act(({ tx }) => tx.insert('task', uuid, null, { retired: false, intent: 'order', name: 'Task/null', ...taskRow(task) }));
    return uuid;
  }
  changeTask = (uuid: string, patch: Readonly<Record<string, unknown>>): void => this.hand.act(({ tx }) => tx.set({ kind: 'task', uuid }, taskRow(patch)));
  retireTask = (uuid: string): void =>
    this.hand.act(({ tx, site, author }) =>
      tx.set({ kind: 'task', uuid }, { retired: true, retiredBy: author, dateRetired: site.now(), retireReason: 'entered in error' }),
    );

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
