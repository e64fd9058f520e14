import type { SiteId } from './ids.js';
import type { MessageContract } from './message.js';
import { AccountChanged } from './messages/account-changed.message.js';
import { AuditDropped } from './messages/audit-dropped.message.js';
import { AuditExported } from './messages/audit-exported.message.js';
import { AuditSearched } from './messages/audit-searched.message.js';
import { BodyShown } from './messages/body-shown.message.js';
import { ChangeEnded } from './messages/change-ended.message.js';
import { ChangeHeld } from './messages/change-held.message.js';
import { ConfigurationChanged } from './messages/configuration-changed.message.js';
import { ConfigurationTaken } from './messages/configuration-taken.message.js';
import { AnswerGiven } from './messages/conflict-answered.message.js';
import { ConflictFound } from './messages/conflict-found.message.js';
import { ConflictMoved } from './messages/conflict-moved.message.js';
import { DepartureMoved } from './messages/departure-moved.message.js';
import { FeedRewound } from './messages/feed-rewound.message.js';
import { FollowChanged } from './messages/follow-changed.message.js';
import { HeldActed } from './messages/held-acted.message.js';
import { HeldAsked } from './messages/held-asked.message.js';
import { JobEnded } from './messages/job-ended.message.js';
import { JobHeld } from './messages/job-held.message.js';
import { LinkActed } from './messages/link-acted.message.js';
import { LinkBraked } from './messages/link-braked.message.js';
import { LinkReleased } from './messages/link-released.message.js';
import { ManualRunMoved } from './messages/manual-run-moved.message.js';
import { PatientActed } from './messages/patient-acted.message.js';
import { PolicyDecided } from './messages/policy-decided.message.js';
import { PolicyRuleChanged } from './messages/policy-rule-changed.message.js';
import { RecordChanged } from './messages/record-changed.message.js';
import { RecordFetched } from './messages/record-fetched.message.js';
import { RecordMapped } from './messages/record-mapped.message.js';

/** Every message of the pipeline, by name. */
export const MESSAGES = [
  RecordChanged,
  RecordFetched,
  RecordMapped,
  ConflictFound,
  AnswerGiven,
  ConflictMoved,
  ChangeEnded,
  ChangeHeld,
  JobHeld,
  JobEnded,
  LinkBraked,
  LinkReleased,
  LinkActed,
  DepartureMoved,
  FollowChanged,
  PatientActed,
  ManualRunMoved,
  FeedRewound,
  PolicyDecided,
  PolicyRuleChanged,
  HeldActed,
  HeldAsked,
  AuditDropped,
  AuditExported,
  AuditSearched,
  BodyShown,
  AccountChanged,
  ConfigurationChanged,
  ConfigurationTaken,
] as const;
export type AnyMessage = (typeof MESSAGES)[number];

/** What a stage's message is about: the row whose state and round decide whether it is a repeat. */
export type Subject = 'change' | 'job' | 'none';

export interface StageSpec {
  readonly service: string;
  readonly does: string;
  readonly consumes: readonly AnyMessage[];
  readonly emits: readonly AnyMessage[];
  readonly subject: Subject;
  /** Site-facing stages have one queue per site, so that a dead clinic delays nobody else. */
  readonly queuePer: 'site' | 'stage';
  /** Waiting rooms after the first, second, ... failed attempt; after the last one the job is parked as `gave-up`. */
  readonly retryAfterSeconds: readonly number[];
}

/** A site is often busy for minutes and our own database for seconds. */
const OFTEN_REMOTE = [5, 30, 120, 600, 1800] as const;
const OFTEN_LOCAL = [1, 5, 30, 120] as const;

/** The pipeline. Queues, bindings, retries, the console's map and docs/pipeline.md are read from this table. */
export const STAGES = {
  fetch: {
    service: 'fetcher',
    does: 'reads the record as it stands at its site now; ends the change where every route already agrees with it',
    consumes: [RecordChanged],
    emits: [RecordFetched, ChangeEnded, ChangeHeld],
    subject: 'change',
    queuePer: 'site',
    retryAfterSeconds: OFTEN_REMOTE,
  },
  map: {
    service: 'mapper',
    does: 'opens one job per route whose rules admit the record',
    consumes: [RecordFetched],
    emits: [RecordMapped, ChangeEnded, ChangeHeld],
    subject: 'change',
    queuePer: 'stage',
    retryAfterSeconds: OFTEN_LOCAL,
  },
  push: {
    service: 'pusher',
    does: 'reads the target now, merges three ways, writes only what differs, reads it back and saves the agreement',
    consumes: [RecordMapped],
    emits: [ConflictFound, JobHeld, JobEnded, LinkBraked, DepartureMoved, PolicyDecided],
    subject: 'job',
    queuePer: 'site',
    retryAfterSeconds: OFTEN_REMOTE,
  },
  'release-waiting': {
    service: 'pusher',
    does: 'wakes the jobs that waited for the record that landed, and tells the others what blocks them',
    consumes: [JobEnded, JobHeld],
    emits: [],
    subject: 'none',
    queuePer: 'stage',
    retryAfterSeconds: OFTEN_LOCAL,
  },
  'open-conflict': {
    service: 'conflict-service',
    does: 'keeps the one open conflict of a record on a link, with every version of it',
    consumes: [ConflictFound],
    emits: [ConflictMoved],
    subject: 'none',
    queuePer: 'stage',
    retryAfterSeconds: OFTEN_LOCAL,
  },
  'apply-answer': {
    service: 'conflict-service',
    does: "keeps a person's answer as decisions, inputs of the merge, and has both ends looked at again",
    consumes: [AnswerGiven],
    emits: [RecordChanged, ConflictMoved],
    subject: 'none',
    queuePer: 'stage',
    retryAfterSeconds: OFTEN_LOCAL,
  },
  record: {
    service: 'audit-service',
    does: 'writes down everything it hears',
    consumes: MESSAGES,
    emits: [],
    subject: 'none',
    queuePer: 'stage',
    retryAfterSeconds: OFTEN_LOCAL,
  },
} as const satisfies Record<string, StageSpec>;

export type StageName = keyof typeof STAGES;
export const STAGE_NAMES = Object.keys(STAGES) as StageName[];

/** The payload that a stage's handler is given. */
export type PayloadFor<Name extends StageName> = ReturnType<(typeof STAGES)[Name]['consumes'][number]['receive']>;

/** The stages of ours that hear a message of this name; an outbox row is done when each has it in its inbox. */
export const consumersOf = (messageName: string): StageName[] =>
  STAGE_NAMES.filter((name) => (STAGES[name].consumes as readonly MessageContract[]).some((contract) => contract.name === messageName));

/** The topic exchange everything passes; a new consumer service binds its own queue to it and changes nothing that exists. */
export const EXCHANGE = 'sync-hub';

/** `record.changed.v1.kisumu`: what a message is published under. */
export const routingKey = (messageName: string, site: SiteId): string => `${messageName}.${site}`;

/** `push.kisumu` or `map`. */
export const queueName = (stage: StageName, site: SiteId): string => (STAGES[stage].queuePer === 'site' ? `${stage}.${site}` : stage);

/** Where what nobody can handle is laid for people to see. */
export const parkedQueueName = (stage: StageName): string => `${stage}.parked`;

/** One waiting room per delay, shared by all sites; it hands back to the queue a message came from. */
export const waitingRoomName = (seconds: number): string => `wait.${seconds}s`;

/** Every delay any stage uses, ascending. */
export const WAITING_ROOM_SECONDS: readonly number[] = [...new Set(STAGE_NAMES.flatMap((name) => [...STAGES[name].retryAfterSeconds]))].sort((a, b) => a - b);
