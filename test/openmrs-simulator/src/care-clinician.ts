import type { Hand } from './hand.js';
import type { Body } from './writer.js';

/** Keys are those of REST; references are uuids. `uuid` only where a test must choose it. */
export type VisitInput = Body & { readonly patient: string; readonly visitType: string };

/** `value` as REST takes it; a group has `groupMembers` instead. */
export interface ObsInput {
  readonly uuid?: string;
  readonly concept: string;
  readonly value?: unknown;
  readonly groupMembers?: readonly ObsInput[];
  readonly [key: string]: unknown;
}

export interface ProviderInput {
  readonly uuid?: string;
  readonly provider: string;
  readonly encounterRole: string;
}

export interface EncounterInput {
  readonly uuid?: string;
  readonly patient: string;
  readonly encounterType: string;
  readonly encounterDatetime?: string;
  readonly location?: string;
  readonly visit?: string;
  readonly form?: string;
  readonly encounterProviders?: readonly ProviderInput[];
  readonly obs?: readonly ObsInput[];
}

const IN_ERROR = 'entered in error';

/** Visits, encounters, obs and relationships as people at that clinic record, correct and void them. */
export class CareClinician {
  constructor(private readonly hand: Hand) {}

  startVisit = (visit: VisitInput): string => this.hand.create('visit', null, visit);
  editVisit = (uuid: string, patch: Body): void => void this.hand.update('visit', uuid, patch);
  /** Now, if no moment is given. */
  stopVisit = (uuid: string, stopDatetime?: string): void =>
    this.editVisit(uuid, { stopDatetime: stopDatetime ?? new Date(this.hand.engine.now()).toISOString() });
  voidVisit = (uuid: string, reason = IN_ERROR): void => this.hand.take('visit', uuid, { reason });
  restoreVisit = (uuid: string): void => this.hand.restore('visit', uuid);
  addVisitAttribute = (visit: string, attribute: Body): string => this.hand.create('visitattribute', this.hand.row('visit', visit), attribute);
  editVisitAttribute = (uuid: string, patch: Body): void => void this.hand.update('visitattribute', uuid, patch);
  voidVisitAttribute = (uuid: string, reason = IN_ERROR): void => this.hand.take('visitattribute', uuid, { reason });

  relate = (relationship: Body): string => this.hand.create('relationship', null, relationship);
  editRelationship = (uuid: string, patch: Body): void => void this.hand.update('relationship', uuid, patch);
  voidRelationship = (uuid: string, reason = IN_ERROR): void => this.hand.take('relationship', uuid, { reason });
  restoreRelationship = (uuid: string): void => this.hand.restore('relationship', uuid);

  recordEncounter = (encounter: EncounterInput): string => this.hand.create('encounter', null, { ...encounter });
  /** Any of its own keys. A new time, place or patient goes on to the obs that had the old one. */
  editEncounter = (uuid: string, patch: Body): void => void this.hand.update('encounter', uuid, patch);
  moveEncounter = (uuid: string, encounterDatetime: string): void => this.editEncounter(uuid, { encounterDatetime });
  voidEncounter = (uuid: string, reason = IN_ERROR): void => this.hand.take('encounter', uuid, { reason });
  restoreEncounter = (uuid: string): void => this.hand.restore('encounter', uuid);
  addEncounterProvider = (encounter: string, provider: ProviderInput): string =>
    this.hand.create('encounterprovider', this.hand.row('encounter', encounter), { ...provider });
  voidEncounterProvider = (uuid: string): void => this.hand.take('encounterprovider', uuid, { reason: IN_ERROR });

  /** One more obs in an encounter, or a member of one of its groups; patient, time and place are the encounter's unless given. */
  addObs(encounter: string, obs: ObsInput): string {
    const { patient, encounterDatetime, location } = this.hand.row('encounter', encounter).values;
    const inherited = { person: patient, obsDatetime: new Date(Number(encounterDatetime)).toISOString(), location: location ?? null, encounter };
    const whole = (one: ObsInput): Body => ({ ...inherited, ...one, ...(one.groupMembers ? { groupMembers: one.groupMembers.map(whole) } : {}) });
    return this.hand.create('obs', null, whole(obs));
  }

  /** One more member of a group, which stays what it is; the member's uuid. */
  addMember(group: string, obs: ObsInput): string {
    const { person, obsDatetime, location, encounter } = this.hand.row('obs', group).values;
    const uuid = obs.uuid ?? this.hand.engine.random.uuid();
    const member = { person, obsDatetime: new Date(Number(obsDatetime)).toISOString(), location, encounter, ...obs, uuid };
    this.hand.update('obs', group, { groupMembers: [member] });
    return uuid;
  }

  /** One in no encounter: it says itself of whom, when and where. */
  recordObs = (obs: ObsInput & { readonly person: string; readonly obsDatetime: string }): string => this.hand.create('obs', null, { ...obs });
  /** The uuid of the obs that takes its place: its own if nothing changed. */
  editObs = (uuid: string, patch: Body): string => this.hand.update('obs', uuid, patch);
  voidObs = (uuid: string, reason = IN_ERROR): void => this.hand.take('obs', uuid, { reason });
  restoreObs = (uuid: string): void => this.hand.restore('obs', uuid);
}
