import { itemPath } from '@sync-hub/merge';
import type { FhirAlone } from './fhir-alone.js';
import { FhirReader, keysOf, saidConcept } from './fhir-reader.js';
import { type FhirJson, said, textOf } from './fhir-view.js';

const told = new FhirReader('Diagnostic report');

/**
 * A diagnostic report (fhir2 1.3 to 4.2 DiagnosticReportTranslatorImpl). What a body leaves out stays, but for the results, which it names whole. Releases before
 * 3.0 know neither conclusion nor orders (FM2-675). A result that is voided is not told.
 */
export const diagnosticReportAlone: FhirAlone = {
  resource: 'DiagnosticReport',
  told: (resource, { tellsReportsWhole }) => {
    told.requireType(resource, 'DiagnosticReport');
    return {
      uuid: resource['id'],
      status: resource['status'],
      patient: referred(resource, 'subject', ['Patient']),
      encounter: referred(resource, 'encounter', ['Encounter']),
      code: told.concept(resource['code'], ['code']),
      issued: resource['issued'] ?? null,
      results: told.list(resource['result'], ['result']).map((one, index) => told.reference(one, ['result', index], ['Observation'])?.id),
      ...(tellsReportsWhole
        ? {
            conclusion: resource['conclusion'] ?? null,
            orders: told
              .list(resource['basedOn'], ['basedOn'])
              .map((one, index) => told.reference(one, ['basedOn', index], ['ServiceRequest', 'MedicationRequest'])),
          }
        : {}),
      voided: false,
      auditInfo: { dateChanged: told.object(resource['meta'], ['meta'])?.['lastUpdated'] ?? null },
    };
  },
  said: (fields, localUuid) => {
    const orders = keysOf('orders', fields).map((uuid) => reference(String(fields[itemPath('orders', uuid)]), localUuid('order', uuid)));
    const [patient, encounter, code] = ['patient', 'encounter', 'code'].map((name) => textOf(fields, name));
    return said({
      status: textOf(fields, 'status'),
      code: saidConcept(code ? localUuid('concept', code) : null),
      subject: patient ? reference('Patient', localUuid('person', patient)) : null,
      encounter: encounter ? reference('Encounter', localUuid('encounter', encounter)) : null,
      issued: textOf(fields, 'issued'),
      conclusion: textOf(fields, 'conclusion'),
      result: keysOf('results', fields).map((uuid) => reference('Observation', localUuid('obs', uuid))),
      ...(orders.length === 0 ? {} : { basedOn: orders }),
    });
  },
  listedBy: (patient) => `patient=${patient}`,
  neverEmptied: ['encounter', 'issued', 'conclusion', 'orders'],
};

const reference = (type: string, uuid: string): FhirJson => ({ reference: `${type}/${uuid}`, type });

const referred = (resource: FhirJson, key: string, types: readonly string[]): string | null => told.reference(resource[key], [key], types)?.id ?? null;
