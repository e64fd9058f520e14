import { CARE, type RowState, SAMPLE } from '@sync-hub/openmrs-simulator';

/** A record by its kind and the uuid it is known by everywhere: `person/8d6c…`. */
export type RecordKey = string;

/** What a value can be; a path without one is not there, or empty. */
export type Held = string | number | boolean | undefined;

/**
 * What people see of one record at one site, path by path, made from the rows of the simulator alone and so by none of the
 * product's code: `presence`, single fields, and items of lists under what they say (`names[…]`), not under their uuids; obs alone
 * under theirs (`obs[8d6c…]`), which are to be the same everywhere.
 */
export type Content = ReadonlyMap<string, Held>;

/** From a site's own uuid of a record to the one it is known by everywhere. */
export type Known = (record: RecordKey) => string;

export const PRESENCE = 'presence';

/** A voided record says no more than that. */
export const VOIDED: Content = new Map([[PRESENCE, 'voided']]);

/** One path that holds something, or none. */
export const entry = (path: string, value: unknown): [string, Held][] =>
  value === null || value === undefined || value === '' || Array.isArray(value) ? [] : [[path, value as Held]];

/** Those that are not voided. */
export const live = <Row extends RowState>(rows: readonly Row[]): readonly Row[] => rows.filter(({ gone }) => !gone);

/** Types of which a record has one attribute at most. */
const SINGLE = new Set<unknown>([CARE.insurance, SAMPLE.facilityCode, CARE.regimen]);

/** Attributes of a location, a visit or an enrollment: by type and value where there can be several, else by their type. */
export const typedAttributes = (rows: readonly RowState[]): [string, Held][] =>
  live(rows).map(({ values: { attributeType, value } }) =>
    SINGLE.has(attributeType) ? [`attributes[${String(attributeType)}]`, String(value)] : [`attributes[${String(attributeType)}|${String(value)}]`, true],
  );
