import type { Row } from './database.js';
import { nameOf } from './metadata-lines.js';
import { type Node, one, type Resource, resource, type Site, text } from './resource.js';

const MANAGED = { get: 'Get Programs', add: 'Manage Programs', edit: 'Manage Programs', remove: 'Manage Programs', purge: 'Purge Programs' };
/** The workflows of a program, retired ones too. */
export const workflowsOf = (row: Row, site: Site): Node =>
  site.database.holding('workflow', 'program', row.uuid).map((flow) => ({ row: flow, as: 'workflow' as const }));
const statesOf = (row: Row, site: Site): Node =>
  site.database.ownedBy(row.uuid, 'workflowstate').map((state) => ({ row: state, as: 'workflowstate' as const }));

/** Workflows and their states come with their program: REST makes none. */
const workflow = resource({
  name: 'workflow',
  javaClass: 'org.openmrs.ProgramWorkflow',
  life: 'retired',
  privileges: MANAGED,
  fields: { ...text('name description'), program: one('program') },
  standard: 'uuid description retired states',
  full: 'uuid description retired states auditInfo',
  display: nameOf,
  reads: { states: statesOf },
});

const state = resource({
  name: 'workflowstate',
  javaClass: 'org.openmrs.ProgramWorkflowState',
  life: 'retired',
  under: { parent: 'workflow', path: 'state' },
  privileges: MANAGED,
  fields: { ...text('name description'), terminal: { is: 'boolean' } },
  defaults: { terminal: false },
  standard: 'uuid description retired',
  full: 'uuid description retired auditInfo',
  display: nameOf,
});

export const programsTable: readonly Resource[] = [workflow, state];
