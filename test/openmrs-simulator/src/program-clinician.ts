import { saveEnrollment, transitionTo, voidLastState } from './enrollment-saving.js';
import type { Hand } from './hand.js';
import type { Body } from './writer.js';

/** Who is in which program, as people at that clinic keep it: by the rules of core, whatever REST can. */
export class ProgramClinician {
  constructor(private readonly hand: Hand) {}

  enroll = (enrollment: Body): string => this.hand.create('programenrollment', null, enrollment);
  edit = (uuid: string, patch: Body): void => void this.hand.update('programenrollment', uuid, patch);
  void = (uuid: string, reason = 'entered in error'): void => this.hand.take('programenrollment', uuid, { reason });
  restore = (uuid: string): void => this.hand.restore('programenrollment', uuid);
  addAttribute = (enrollment: string, attribute: Body): string =>
    this.hand.create('programenrollmentattribute', this.hand.row('programenrollment', enrollment), attribute);
  editAttribute = (uuid: string, patch: Body): void => void this.hand.update('programenrollmentattribute', uuid, patch);

  /** From that day on in another state. */
  moveTo(enrollment: string, state: string, day: string): void {
    const row = this.hand.row('programenrollment', enrollment);
    this.hand.act((writer) => {
      transitionTo(writer, row, state, day);
      saveEnrollment(writer, row);
    });
  }

  /** The last state of the workflow was a mistake. */
  takeBackState(enrollment: string, workflow: string): void {
    const row = this.hand.row('programenrollment', enrollment);
    this.hand.act((writer) => voidLastState(writer, row, workflow));
  }
}
