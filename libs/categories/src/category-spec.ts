import type { Aggregate, RecordRef } from '@sync-hub/contracts';
import type { MergeRule, Scalar } from '@sync-hub/merge';
import type { RecordCategory } from './canonical.js';
import type { FhirAlone } from './fhir/fhir-alone.js';
import type { FhirView } from './fhir/fhir-view.js';
import type { ItemContext, ListSpec, Owner } from './list.js';
import type { OwnRest } from './own-rest.js';
import type { Platform, UuidTranslation } from './platform.js';
import type { ScalarKind } from './scalars.js';

/** A REST body whose shape was checked. */
export type Body = Readonly<Record<string, unknown>>;

/** Everything that one kind of record is, and how it differs from the others. */
export interface CategorySpec {
  readonly name: RecordCategory;
  readonly title: string;
  readonly openmrsClass: string;
  readonly aggregate: Aggregate;
  /** Feed categories whose entries lead to this record (Atom feed module, default configuration). */
  readonly feeds: readonly string[];
  /** Set where the module publishes none of them by default: a site tells of such records where its own configuration has the class. */
  readonly publishedWhereConfigured?: true;
  readonly flows: 'parent-to-child' | 'both-ways';
  /** The REST resource, and whose body is where within the answer: a patient's person is nested. */
  readonly resource: Owner | 'patientdiagnoses';
  readonly owners: readonly { readonly owner: Owner; readonly at: 'body' | 'person' }[];
  /** How this resource says that a record is deleted; `never` where it has no word for that. */
  readonly deleted: 'voided' | 'retired' | 'never';
  readonly scalars: Readonly<Record<string, ScalarKind>>;
  readonly lists: readonly ListSpec[];
  /** How two of them are merged beside field by field. That a list's preferred item is there is a rule of every list that has one. */
  readonly merges?: readonly MergeRule[];
  /** Does the body of one that is voided say that another record has taken its place? */
  readonly mergedAway?: (body: Body) => boolean;
  /** Scalars that a body holds together in one object, by the object's key. */
  readonly nested?: Readonly<Record<string, readonly string[]>>;
  /** Brings a checked body into the shape that scalars and lists are read from. Throws ContractError where it cannot. */
  readonly unfold?: (body: Body, context: ItemContext) => Body;
  /** What every record of this category says though no key of its body does. */
  readonly says?: { readonly fields: Readonly<Record<string, Scalar>>; readonly covers: readonly string[] };
  /** Are the fields still told once the record is deleted? A void takes the children with it, a retirement nothing. */
  readonly toldWhenDeleted: boolean;
  /** The scalars that this platform has. */
  readonly scalarsOn: (platform: Platform) => readonly string[];
  /** The `v=` to ask for: everything above, and every audit stamp. */
  readonly representation: (platform: Platform) => string;
  /** A scalar that every body of this kind tells, whoever asks: one without it is of another kind. */
  readonly telltale: string;
  /**
   * The scalars that name the patients the record hangs on. It travels where one of them is a member, and is found at a site by `listedBy`, the
   * parameter of a search that takes any of them, with what else the search must say to list all.
   */
  readonly hangsOn?: {
    readonly patients: readonly string[];
    /** Not asked of what is listed below its patient. */
    readonly listedBy: string;
    readonly listedWith?: string;
    /** Set where no search lists all of them: another resource that is found by the same parameter, and its list that holds them. */
    readonly listedIn?: { readonly resource: 'encounter'; readonly list: string };
    /** What it ties its patient to, for catchments that go by it: the scalar that names it, and the one that says when that ended. */
    readonly ties?: { readonly to: string; readonly ends?: string };
  };
  /** Set where a server knows the record only below another: the scalar that names that one, its resource, and what follows its uuid. The scalar stands in no body. */
  readonly under?: { readonly by: 'patient'; readonly resource: 'patient'; readonly path: string };
  /** Set where a patient has one such record at most: what is the same of two that a server takes for one; `null` where it is none. */
  readonly oneOfEach?: (fields: Readonly<Record<string, Scalar>>) => string | null;
  /** Scalars that no server changes once the record is there. */
  readonly fixed?: readonly string[];
  /** Why no record of this kind is changed in place at a site of that platform, whatever of it; `null` where it is. Nothing is sent then. */
  readonly replacedWhenChanged?: (platform: Platform) => string | null;
  /** Scalars and lists whose references to records may be written after the record has landed, in a second pass. Set where real records refer to each other in a circle. */
  readonly deferrable?: readonly string[];
  /** Scalars whose key a create must name even where they are empty (webservices.rest BaseDelegatingResource.setConvertedProperties). */
  readonly saidEmpty?: readonly string[];
  /** Scalars, objects of them and lists without which no server creates one; of a scalar that a platform lacks it is not asked there. */
  readonly requires: readonly string[];
  /** Why none that is voided can be brought back at a site of that platform; `null` where it can. */
  readonly cannotRestore?: (platform: Platform) => string | null;
  /** Set where the resource knows no request to bring a record back, but lets its mark be changed. */
  readonly restoredByItsMark?: true;
  /** Why no record of this kind can be written by REST at a site of that platform; `null` where it can. Nothing is sent then. */
  readonly unsupported?: (platform: Platform) => string | null;
  /** Which of them no server has a way to make, and why. Nothing is sent then. */
  readonly cannotMake?: { readonly which: string; readonly is: (fields: Readonly<Record<string, Scalar>>) => boolean; readonly reason: string };
  /** Set where nothing but fhir2 knows of such records: how it reads and writes them. */
  readonly fhirAlone?: FhirAlone;
  /** Set where a module's own REST knows such records, and webservices.rest does not. */
  readonly ownRest?: OwnRest;
  /** Set where the server keeps its records by name: no two have one, and a create of a name that is there writes onto what has it, or is refused. The key of a body that holds it, where it is not `name`. */
  readonly nameIsKey?: true | 'property';
  /** A list that no body of the record tells: the path below the record where it is listed, as that platform has it. */
  readonly listedApart?: { readonly list: string; readonly path: (platform: Platform) => string };
  /** The list whose items are patients, of whom a link sees those that its child holds, and nobody else. */
  readonly onlyHeld?: string;
  /** None is made: of one that the target does not have nothing travels. */
  readonly updatesOnly?: true;
  /** Which of them a site tells nobody of, as if it had them not: the server's own, and whoever has the login that we use there; by what keys of a body. */
  readonly keptToItself?: { readonly by: readonly string[]; readonly is: (body: Body, login: string) => boolean };
  /** What every create names beside what the record says. */
  readonly madeWith?: Readonly<Record<string, unknown>>;
  /** How fhir2 writes it, where it does. */
  readonly fhirR4?: FhirView;
  /** Why no record of this kind is ever taken out of use, or brought back, by REST. Nothing is sent then. */
  readonly staysInUse?: string;
}

/** How a body is read. */
export interface DecodeOptions {
  readonly record: RecordRef;
  readonly client: 'rest' | 'fhir-r4';
  readonly platform: Platform;
  /** From the site's own uuids of other records to the ones known everywhere. Without it they are one. */
  readonly canonicalUuid?: UuidTranslation;
}

/** Whose body holds the scalars: a patient's are its person's. */
export const scalarOwner = (spec: Pick<CategorySpec, 'aggregate'>): Owner => spec.aggregate;

/** The part of a checked body that belongs to `owner`, if this category has one. */
export function partOf(spec: CategorySpec, body: Body, owner: Owner): Body | undefined {
  const place = spec.owners.find((candidate) => candidate.owner === owner)?.at;
  if (place === undefined) return undefined;
  return place === 'body' ? body : (body['person'] as Body);
}
