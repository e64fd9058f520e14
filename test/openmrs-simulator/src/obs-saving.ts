import { type Ref, type Row, sameValues, type Value, type Values } from './database.js';
import { datatypeOf } from './obs-values.js';
import { auditKeys, type Site } from './resource.js';
import { serverError, Validation } from './rest-error.js';
import type { Writer } from './writer.js';

/** Members of an obs group, voided ones too. */
export const membersOf = (site: Site, group: Ref): Row[] => site.database.holding('obs', 'obsGroup', group.uuid);

/** The reason core gives when a changed encounter has its obs written anew. */
export const REPLACED = 'Replaced with a new one because it was changed';

const isGone = (row: Row): boolean => row.values['voided'] === true;
const STAMPS = new Set(auditKeys('voided'));
const content = (row: Row): Row => ({
  ...row,
  values: Object.fromEntries(Object.entries(row.values).filter(([key, value]) => !STAMPS.has(key) && value !== null)),
});

/** `Obs.isDirty`: only what a setter changed, and only of an obs that was saved before. */
function isDirty(writer: Writer, ref: Ref): boolean {
  const before = writer.tx.original(ref);
  return before !== null && !sameValues(content(before), content(writer.tx.now(ref)));
}

const HELD = ['valueCoded', 'valueDrug', 'valueDatetime', 'valueNumeric', 'valueModifier', 'valueText', 'valueComplex'] as const;
const OF_DATATYPE: Readonly<Record<string, readonly [column: string, field: string]>> = {
  Boolean: ['valueCoded', 'valueBoolean'],
  Coded: ['valueCoded', 'valueCoded'],
  Date: ['valueDate', 'valueDatetime'],
  Time: ['valueTime', 'valueDatetime'],
  Datetime: ['valueDatetime', 'valueDatetime'],
  Numeric: ['valueNumeric', 'valueNumeric'],
  Text: ['valueText', 'valueText'],
};

/** What `ObsValidator` finds in the value of an obs that is no group: field and code, or null. */
function wrongValue(obs: Row, site: Site): readonly [field: string, code: string] | null {
  const datatype = datatypeOf(obs, site);
  const [column, field] = OF_DATATYPE[datatype] ?? [];
  if (column === undefined || field === undefined) return null;
  if ((obs.values[column] ?? null) === null) return [field, 'error.null'];
  if (datatype === 'Text' && String(obs.values[column]).length > 65535) return [field, 'error.exceededMaxLengthOfField'];
  return datatype === 'Numeric' ? outOfRange(obs, site) : null;
}

function outOfRange(obs: Row, site: Site): readonly [field: string, code: string] | null {
  const concept = site.database.find('concept', String(obs.values['concept']));
  const [value, high, low] = [obs.values['valueNumeric'], concept?.values['hiAbsolute'], concept?.values['lowAbsolute']].map((bound) =>
    typeof bound === 'number' ? bound : null,
  );
  if (typeof value !== 'number') return null;
  if (concept?.values['allowDecimal'] === false && !Number.isInteger(value)) return ['valueNumeric', site.profile.obsErrors.precision];
  if (typeof high === 'number' && value > high) return ['valueNumeric', site.profile.obsErrors.high];
  if (typeof low === 'number' && value < low) return ['valueNumeric', site.profile.obsErrors.low];
  return null;
}

function validateOne(writer: Writer, obs: Row, isRoot: boolean, errors: Validation): void {
  const { site } = writer;
  const { values } = obs;
  if ((values['person'] ?? null) === null) errors.reject('error.null', 'person');
  if ((values['obsDatetime'] ?? null) === null) errors.reject('error.null', 'obsDatetime');
  const held = [...HELD, 'valueDate', 'valueTime'].filter((key) => (values[key] ?? null) !== null);
  const isGroup = membersOf(site, obs).length > 0;
  if (isGroup) for (const key of held) errors.reject('error.not.null', key === 'valueDate' || key === 'valueTime' ? 'valueDatetime' : key);
  else if (held.length === 0 && (values['valueCodedName'] ?? null) === null) errors.reject('error.noValue');
  if ((values['concept'] ?? null) === null) errors.reject('error.null', 'concept');
  const wrong = isGroup || datatypeOf(obs, site) === '' ? null : wrongValue(obs, site);
  if (wrong) errors.reject(...(isRoot ? ([wrong[1], wrong[0]] as const) : (['Obs.error.inGroupMember', 'groupMembers'] as const)));
  const drug = site.database.find('drug', String(values['valueDrug']));
  if (drug && drug.values['concept'] !== values['valueCoded']) errors.reject('Obs.error.invalidDrug', 'valueDrug');
}

/** `ObsValidator`: an obs with an error is not looked into. */
function validate(writer: Writer, ref: Ref): void {
  const errors = new Validation();
  const visit = (obs: Row, isRoot: boolean): void => {
    validateOne(writer, obs, isRoot, errors);
    if (errors.clean) for (const member of membersOf(writer.site, obs)) if (!isGone(member)) visit(member, false);
  };
  visit(writer.tx.now(ref), true);
  errors.done();
}

/** From core 2.7 on the server itself says what a number means (`ObsValidator.setObsInterpretation`), whatever was posted. */
function interpret(writer: Writer, ref: Ref): void {
  const { tx, site } = writer;
  const obs = tx.now(ref);
  const concept = site.database.find('concept', String(obs.values['concept']));
  const value = obs.values['valueNumeric'];
  if (!site.profile.interpretsObs || typeof value !== 'number' || !concept) return;
  const bound = (key: string, otherwise: number): number => Number(concept.values[key] ?? otherwise);
  tx.set(ref, { interpretation: interpretation(value, bound) });
}

function interpretation(value: number, bound: (key: string, otherwise: number) => number): Value {
  if (value >= bound('hiCritical', Infinity)) return 'CRITICALLY_HIGH';
  if (value > bound('hiNormal', Infinity)) return 'HIGH';
  if (value <= bound('lowCritical', -Infinity)) return 'CRITICALLY_LOW';
  return value < bound('lowNormal', -Infinity) ? 'LOW' : 'NORMAL';
}

/** `Obs.newInstance` loses the name of a coded value; members that were saved before are copied, new ones move over. */
function copyOf(writer: Writer, obs: Row, group: Value, clean: boolean): Row {
  const { tx, site } = writer;
  const { creator, dateCreated, valueCodedName, ...kept } = obs.values;
  const alive: Values = { voided: false, voidedBy: null, dateVoided: null, voidReason: null };
  const amended = clean && site.profile.obsHaveStatus && tx.original(obs)?.values['status'] === 'FINAL' ? { status: 'AMENDED' } : {};
  const copy = tx.insert('obs', site.random.uuid(), null, { ...kept, ...(clean ? alive : {}), ...amended, obsGroup: group, previousVersion: obs.uuid });
  for (const member of membersOf(site, obs)) {
    if (writer.isNew(member)) tx.set(member, { obsGroup: copy.uuid });
    else copyOf(writer, member, copy.uuid, false);
  }
  return copy;
}

/** Marks an obs and its members as voided; what is voided already keeps its marks. */
export function voidTree(writer: Writer, ref: Ref, marks: { readonly reason: string; readonly at?: Value }): void {
  const { tx, site } = writer;
  const row = tx.now(ref);
  if (!isGone(row)) tx.set(ref, { voided: true, voidedBy: writer.author, dateVoided: marks.at ?? site.now(), voidReason: marks.reason });
  for (const member of membersOf(site, ref)) voidTree(writer, member, marks);
}

/** An obs that was voided with its container comes back, and so do its members. */
export function unvoidTree(writer: Writer, ref: Ref, voidedAt: Value | undefined): void {
  const { tx, site } = writer;
  const row = tx.now(ref);
  if (isGone(row) && row.values['dateVoided'] === voidedAt) tx.set(ref, { voided: false, voidedBy: null, dateVoided: null, voidReason: null });
  for (const member of membersOf(site, ref)) unvoidTree(writer, member, voidedAt);
}

/** `ObsServiceImpl.saveExistingObs`: a new row under a uuid of the server's own, and the old one, as it was, voided. */
function remint(writer: Writer, ref: Ref, reason: string): void {
  const { tx, site } = writer;
  const old = tx.now(ref);
  const copy = copyOf(writer, old, old.values['obsGroup'] ?? null, true);
  const restoreOld = (row: Ref): void => {
    const members = membersOf(site, row);
    tx.reset(row);
    for (const member of members) restoreOld(member);
  };
  restoreOld(ref);
  voidTree(writer, ref, { reason });
  interpret(writer, copy);
  writer.replace(ref, copy);
}

/**
 * `ObsServiceImpl.saveObs`. From core 2.0 on only an obs that changed is written anew, before that every one that is saved;
 * what is new or voided is saved in place.
 */
export function saveObs(writer: Writer, ref: Ref, reason: string): void {
  const { tx, site } = writer;
  const row = tx.now(ref);
  // before core 2.0 the handler is asked for data that are not there
  const lacksData = datatypeOf(row, site) === 'Complex' && (row.values['complexData'] ?? null) === null;
  if (lacksData && !site.profile.obsAreImmutable) throw serverError('null', 'java.lang.NullPointerException:0');
  if (!isGone(row)) validate(writer, ref);
  const { encounter } = row.values;
  const patient = site.database.find('encounter', String(encounter))?.values['patient'];
  const saved = !writer.isNew(ref) && !isGone(row);
  const dirty = saved && (!site.profile.obsAreImmutable || isDirty(writer, ref));
  if (saved && patient !== undefined) tx.set(ref, { person: patient });
  if (dirty) {
    remint(writer, ref, reason);
    return;
  }
  if (!saved) interpret(writer, ref);
  for (const member of membersOf(site, ref)) saveObs(writer, member, reason);
}
