import type { Ref, Row, Value } from './database.js';
import { localDate, localMidnight } from './java-time.js';
import type { Site } from './resource.js';
import { serverError, Validation } from './rest-error.js';
import type { Writer } from './writer.js';

const isLive = (row: Row): boolean => row.values['voided'] !== true;
/** Days in their order, nothing before and nothing after all of them. */
const beginning = ({ values }: Row): string => String(values['startDate'] ?? '');
const ending = ({ values }: Row): string => String(values['endDate'] ?? '9999-12-31');
/** As `PatientState.compareTo` has them. */
export const inOrder = (a: Row, b: Row): number =>
  beginning(a) !== beginning(b)
    ? beginning(a) < beginning(b)
      ? -1
      : 1
    : ending(a) !== ending(b)
      ? ending(a) < ending(b)
        ? -1
        : 1
      : a.uuid < b.uuid
        ? -1
        : 1;

export const statesOf = (site: Site, enrollment: Ref): Row[] => site.database.ownedBy(enrollment.uuid, 'patientstate').sort(inOrder);
export const workflowOf = (site: Site, state: Row): string | null => site.database.find('workflowstate', String(state.values['state']))?.owner ?? null;
/** Live states of one workflow, in order. */
export const statesIn = (site: Site, enrollment: Ref, workflow: string | null): Row[] =>
  statesOf(site, enrollment).filter((row) => isLive(row) && workflowOf(site, row) === workflow);

/** What `PatientProgramValidator` says of the states of one workflow; null where it says nothing. */
function wrongStates(states: readonly Row[]): string | null {
  if (states.some((row) => ending(row) < beginning(row))) return 'PatientState.error.endDateCannotBeBeforeStartDate';
  if (new Set(states.map((row) => `${String(row.values['state'])}${beginning(row)}`)).size < states.length) return 'PatientState.error.duplicatePatientStates';
  if (states.filter(({ values }) => (values['endDate'] ?? null) === null).length > 1) return 'PatientProgram.error.cannotBeInMultipleStates';
  for (const [index, row] of states.entries()) {
    const next = states[index + 1];
    if (next === undefined) continue;
    if ((row.values['endDate'] ?? null) === null) return 'PatientProgram.error.cannotBeInMultipleStates';
    if (beginning(next) < ending(row)) return 'PatientProgram.error.foundOverlappingStates';
  }
  return null;
}

function rejectStates(errors: Validation, site: Site, enrollment: Row): void {
  const states = statesOf(site, enrollment).filter(isLive);
  if (states.filter(({ values }) => (values['startDate'] ?? null) === null).length > 1) return errors.reject('PatientState.error.requiredField', 'states');
  const workflows = new Set(site.database.holding('workflow', 'program', String(enrollment.values['program'])).map(({ uuid }) => uuid));
  if (states.some((row) => !workflows.has(workflowOf(site, row) ?? ''))) return errors.reject('PatientState.error.invalidPatientState', 'states');
  for (const workflow of workflows) {
    const wrong = wrongStates(statesIn(site, enrollment, workflow));
    if (wrong !== null) return errors.reject(wrong, 'states');
  }
}

const after = (a: Value | undefined, b: Value | undefined): boolean => typeof a === 'number' && typeof b === 'number' && a > b;

/** `PatientProgramValidator`, then `ProgramWorkflowServiceImpl.savePatientProgram`. */
export function saveEnrollment(writer: Writer, target: Ref): void {
  const { site, tx } = writer;
  const row = tx.now(target);
  const { patient, program, dateEnrolled, dateCompleted } = row.values;
  const errors = new Validation();
  if ((patient ?? null) === null) errors.reject('error.required', 'patient');
  if ((program ?? null) === null) errors.reject('error.required', 'program');
  errors.done();
  const codes = site.profile.enrollmentErrors;
  if (codes !== null) {
    if ((dateEnrolled ?? null) === null) errors.reject('error.patientProgram.enrolledDateEmpty', 'dateEnrolled');
    if (after(dateEnrolled, site.now())) errors.reject(codes.beganInFuture, 'dateEnrolled');
    if (after(dateCompleted, site.now())) errors.reject('error.patientProgram.completionDateCannotBeInFuture', 'dateCompleted');
    if (after(dateEnrolled, dateCompleted)) errors.reject(codes.order, 'dateCompleted');
  }
  for (const state of statesOf(site, row)) if ((state.values['state'] ?? null) === null) throw serverError('PatientState requires a State', SERVICE);
  rejectStates(errors, site, row);
  errors.done();
  if (row.values['voided'] === true) for (const state of statesOf(site, row)) if (isLive(state)) tx.set(state, { voided: true });
  if (site.profile.completionEndsStates && typeof dateCompleted === 'number') endOpenStates(writer, row, localDate(dateCompleted, site.zone));
}

const SERVICE = 'org.openmrs.api.impl.ProgramWorkflowServiceImpl:231';

function endOpenStates({ site, tx }: Writer, enrollment: Row, day: string): void {
  const workflows = new Set(statesOf(site, enrollment).map((row) => workflowOf(site, row)));
  for (const workflow of workflows) {
    const last = statesIn(site, enrollment, workflow).at(-1);
    if (last !== undefined && (last.values['endDate'] ?? null) === null) tx.set(last, { endDate: day });
  }
}

/** `PatientProgram.transitionToState`: ends the state the patient is in, and begins the next on that day. */
export function transitionTo(writer: Writer, target: Ref, state: string, day: string): void {
  const { site, tx } = writer;
  const next = site.database.find('workflowstate', state);
  if (next === undefined) throw serverError('null', 'java.lang.NullPointerException:0');
  const today = localDate(site.now(), site.zone);
  const now = statesIn(site, target, next.owner).findLast((row) => beginning(row) <= today && ending(row) > today);
  if (now !== undefined) {
    if ((now.values['endDate'] ?? null) !== null) throw serverError("You can't change out of a state that has an end date already");
    if (beginning(now) > day) throw serverError("You can't change out of a state before that state started");
    if (now.values['state'] === state) throw serverError("You can't change from state");
    tx.set(now, { endDate: day });
  }
  tx.insert('patientstate', site.random.uuid(), target.uuid, { voided: false, state, startDate: day, endDate: null });
  tx.touch(target);
  if (next.values['terminal'] === true) tx.set(target, { dateCompleted: localMidnight(day, site.zone) });
}

/** `PatientProgram.voidLastState`: the state before is open again, or ends with the enrollment. */
export function voidLastState(writer: Writer, enrollment: Row, workflow: string | null): void {
  const { site, tx } = writer;
  const [last, before] = statesIn(site, enrollment, workflow).reverse();
  if (last !== undefined) tx.set(last, { voided: true, voidedBy: writer.author, dateVoided: site.now() });
  const { dateCompleted } = enrollment.values;
  if (before !== undefined && (before.values['endDate'] ?? null) !== null)
    tx.set(before, { endDate: site.profile.completionEndsStates && typeof dateCompleted === 'number' ? localDate(dateCompleted, site.zone) : null });
  saveEnrollment(writer, enrollment);
}
