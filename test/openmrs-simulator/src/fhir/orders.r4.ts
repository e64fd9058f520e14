import type { Row } from '../database.js';
import type { Json } from './fhir-json.js';
import { plainReference } from './references.r4.js';

const TYPES: Readonly<Record<string, string>> = { testorder: 'ServiceRequest', drugorder: 'MedicationRequest' };

/** Orders of other types are not referred to (`ReferenceHandlingTranslator.createOrderReference`). */
export function orderReference(order: Row | undefined): Json | null {
  const type = TYPES[String(order?.values['type'])];
  return type === undefined ? null : plainReference(type, order);
}
