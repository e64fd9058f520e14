import type { Ref, Row } from './database.js';
import { unvoidTree, voidTree } from './obs-saving.js';
import { unvoidOrder, voidOrder } from './order-saving.js';
import type { Site } from './resource.js';
import type { Writer } from './writer.js';

/** Obs of an encounter, members of groups and voided ones too. */
export const obsOf = (site: Site, encounter: Ref): Row[] => site.database.holding('obs', 'encounter', encounter.uuid);
export const topLevelObs = (site: Site, encounter: Ref): Row[] => obsOf(site, encounter).filter(({ values }) => (values['obsGroup'] ?? null) === null);

/** An encounter goes with its obs; its providers stay (`@DisableHandlers` on `Encounter.encounterProviders`). */
export function voidEncounter(writer: Writer, row: Row, reason: string): void {
  const { site, tx } = writer;
  for (const obs of obsOf(site, row)) voidTree(writer, obs, { reason });
  for (const order of site.database.holding('order', 'encounter', row.uuid)) voidOrder(writer, order, reason);
  const marks = { voided: true, voidedBy: writer.author, dateVoided: site.now(), voidReason: reason };
  // Its lists go with it (`RequiredDataAdvice`); of them conditions and allergies do not come back, for `Encounter.getConditions` and `getAllergies` leave out what is voided.
  for (const kind of ['condition', 'patientdiagnoses', 'allergy'] as const)
    for (const one of site.database.holding(kind, 'encounter', row.uuid)) if (one.values['voided'] !== true) tx.set(one, marks);
  if (row.values['voided'] !== true) tx.set(row, marks);
}

/** Obs come back that went in the same second, diagnoses and providers too, and orders that went for the same reason. */
export function unvoidEncounter(writer: Writer, row: Row): void {
  const { site, tx } = writer;
  const { dateVoided, voidReason } = row.values;
  const clear = { voided: false, voidedBy: null, dateVoided: null, voidReason: null };
  tx.set(row, clear);
  for (const obs of topLevelObs(site, row)) unvoidTree(writer, obs, dateVoided);
  for (const order of site.database.holding('order', 'encounter', row.uuid))
    if (order.values['voided'] === true && order.values['voidReason'] === voidReason) unvoidOrder(writer, order);
  for (const part of [...site.database.ownedBy(row.uuid, 'encounterprovider'), ...site.database.holding('patientdiagnoses', 'encounter', row.uuid)]) {
    if (part.values['voided'] === true && part.values['dateVoided'] === dateVoided) tx.set(part, clear);
  }
}
