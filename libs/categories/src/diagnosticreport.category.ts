import { Uuid } from '@sync-hub/contracts';
import { z } from 'zod';
import { defineCategory } from './define-category.js';
import { diagnosticReportAlone } from './fhir/diagnostic-report.r4.js';
import type { ItemContext, ListSpec } from './list.js';
import type { Platform } from './platform.js';
import { instant, reference, type ScalarKind, text } from './scalars.js';

const SCALARS: Readonly<Record<string, ScalarKind>> = {
  patient: reference('patient', 'person'),
  encounter: reference('encounter', 'encounter'),
  code: reference('concept', null),
  status: text,
  issued: instant,
  conclusion: text,
};

/** Obs that the report is made of, wherever they stand. */
const results: ListSpec = {
  name: 'results',
  owner: 'diagnosticreport',
  shape: Uuid,
  read: (local: string, { canonicalUuid }: ItemContext) => {
    const uuid = canonicalUuid('obs', local);
    return { key: uuid, value: true, references: [{ resource: 'obs', uuid, aggregate: 'obs' }] };
  },
  body: ({ key }, localUuid) => ({ uuid: localUuid('obs', key) }),
  written: { by: 'nested' },
  refersTo: ['obs'],
  sameKey: 'one-item',
};

const OrderShape = z.looseObject({ type: z.string(), id: Uuid });

/** Orders that it answers, each with what FHIR calls it. */
const orders: ListSpec = {
  name: 'orders',
  owner: 'diagnosticreport',
  shape: OrderShape,
  read: ({ type, id }: z.infer<typeof OrderShape>, { canonicalUuid }: ItemContext) => {
    const uuid = canonicalUuid('order', id);
    return { key: uuid, value: type, references: [{ resource: 'order', uuid, aggregate: 'order' }] };
  },
  body: ({ key, value }, localUuid) => ({ type: value, id: localUuid('order', key) }),
  written: { by: 'nested' },
  onlyWhere: ({ tellsReportsWhole }: Platform) => tellsReportsWhole,
  refersTo: ['order'],
  sameKey: 'one-item',
};

/**
 * What a laboratory or a reader of images found: a row of fhir2's own (fhir2 1.3 to 4.2 FhirDiagnosticReport), which core, REST and the feed know nothing of. fhir2
 * gives each a uuid of its own. Not carried: who performed it, which fhir2 stores and never tells. A void of the patient, or of its encounter, leaves it.
 * How its changes come to be known, and what is not seen of them: docs/adr/0086.
 */
export const diagnosticReport = defineCategory({
  name: 'diagnosticreport',
  title: 'Diagnostic report',
  openmrsClass: 'org.openmrs.module.fhir2.model.FhirDiagnosticReport',
  aggregate: 'diagnosticreport',
  feeds: ['diagnosticreport'],
  flows: 'both-ways',
  resource: 'diagnosticreport',
  fhirAlone: diagnosticReportAlone,
  owners: [{ owner: 'diagnosticreport', at: 'body' }],
  deleted: 'voided',
  toldWhenDeleted: false,
  scalars: SCALARS,
  scalarsOn: ({ tellsReportsWhole }) => Object.keys(SCALARS).filter((name) => tellsReportsWhole || name !== 'conclusion'),
  hangsOn: { patients: ['patient'], listedBy: '' },
  fixed: ['patient'],
  lists: [results, orders],
  representation: () => '',
  telltale: 'results',
  requires: ['patient', 'code', 'status'],
  cannotRestore: () => 'fhir2 says nothing of one that is voided (BaseFhirService.get)',
  unsupported: ({ hasDiagnosticReports }) => (hasDiagnosticReports ? null : 'diagnostic reports are kept by openmrs-module-fhir2 alone, which is not there'),
});
