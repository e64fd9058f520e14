import type { Ref, Row } from './database.js';
import type { Site } from './resource.js';
import { serverError, Validation } from './rest-error.js';
import type { Writer } from './writer.js';

const IMPLEMENTATION = 'org.openmrs.api.impl.OrderServiceImpl:0';
const isGone = ({ values }: Row): boolean => values['voided'] === true;
const stops = ({ values }: Row): boolean => values['action'] === 'REVISE' || values['action'] === 'DISCONTINUE';
const when = (row: Row, key: string): number | null => (typeof row.values[key] === 'number' ? row.values[key] : null);
const previousOf = (site: Site, { values }: Row): Row | undefined => site.database.find('order', values['previousOrder'] as string | null);

/** `Order.isActive`: at that moment activated, not stopped and not expired. */
function isActive(row: Row, at: number): boolean {
  const [from, stopped, expires] = [when(row, 'dateActivated'), when(row, 'dateStopped'), when(row, 'autoExpireDate')];
  if (isGone(row) || row.values['action'] === 'DISCONTINUE' || from === null || from > at) return false;
  return !(stopped !== null && stopped <= at) && !(expires !== null && expires <= at);
}

/** `OrderValidator`, and of `DrugOrderValidator` what is asked of every drug order. */
function validate({ site, tx }: Writer, target: Ref): void {
  const row = tx.now(target);
  const errors = new Validation();
  for (const key of ['patient', 'encounter', 'orderer', 'urgency', 'action', 'careSetting', 'orderType'])
    if ((row.values[key] ?? null) === null) errors.reject('error.null', key);
  const activated = when(row, 'dateActivated') ?? 0;
  if (activated > site.now()) errors.reject('Order.error.dateActivatedInFuture', 'dateActivated');
  const encounter = site.database.find('encounter', row.values['encounter'] as string | null);
  if (encounter && (when(encounter, 'encounterDatetime') ?? 0) > activated) errors.reject('Order.error.encounterDatetimeAfterDateActivated', 'dateActivated');
  if (encounter && encounter.values['patient'] !== row.values['patient']) errors.reject('Order.error.encounterPatientMismatch', 'encounter');
  if (row.values['type'] === 'drugorder' && (row.values['dosingType'] ?? null) === null && row.values['action'] !== 'DISCONTINUE')
    errors.reject('error.null', 'dosingType');
  errors.done();
}

function stop(writer: Writer, row: Row, at: number, isRetrospective: boolean): void {
  const asOf = isRetrospective ? at : writer.site.now();
  if ((isRetrospective && when(row, 'dateStopped') !== null) || !isActive(row, asOf))
    throw serverError('Cannot discontinue an order that is already stopped, expired or voided', IMPLEMENTATION);
  writer.tx.set(row, { dateStopped: at });
}

/** `OrderServiceImpl.saveOrder`: a follower stops what it follows, a second moment before; no two drug orders of one kind are active at once. */
export function saveOrder(writer: Writer, target: Ref): void {
  const { site, tx } = writer;
  if (!writer.isNew(target)) throw serverError('Cannot edit an existing order, you need to revise it instead', IMPLEMENTATION);
  const activated = when(tx.now(target), 'dateActivated') ?? site.now();
  tx.set(target, { dateActivated: activated, orderNumber: `ORD-${tx.now(target).serial}` });
  const row = tx.now(target);
  const day = (moment: number): string => new Date(moment).toISOString().slice(0, 10);
  const isRetrospective = site.profile.lists.ordersMayBeRetrospective && activated <= site.now() && day(activated) !== day(site.now());
  const previous = previousOf(site, row);
  if (row.values['action'] === 'REVISE' && previous === undefined) throw serverError('Previous order is required for a revised order', IMPLEMENTATION);
  if (previous && stops(row)) stop(writer, previous, activated - 1000, isRetrospective);
  const same = ['concept', 'drug', 'orderType', 'careSetting', 'type'].every(
    (key) => !previous || (previous.values[key] ?? null) === (row.values[key] ?? null),
  );
  if (!same) throw serverError('The orderable of the previous order and the new one order do not match', IMPLEMENTATION);
  if (row.values['action'] === 'DISCONTINUE') tx.set(target, { autoExpireDate: activated });
  else if (row.values['type'] === 'drugorder') refuseSecond(writer, row, isRetrospective ? activated : site.now());
  validate(writer, target);
}

function refuseSecond({ site }: Writer, row: Row, asOf: number): void {
  const others = site.database.holding('order', 'patient', row.values['patient'] ?? null).filter(({ uuid }) => uuid !== row.uuid);
  const sameOrderable = (other: Row): boolean => ['concept', 'drug', 'careSetting'].every((key) => (other.values[key] ?? null) === (row.values[key] ?? null));
  const found = others.find((other) => other.uuid !== row.values['previousOrder'] && sameOrderable(other) && isActive(other, asOf));
  if (found) throw serverError('Cannot have more than one active order for the same orderable and care setting at same time', IMPLEMENTATION);
}

/** `OrderServiceImpl.voidOrder`: what it stopped goes on. */
export function voidOrder(writer: Writer, row: Row, reason: string): void {
  const { site, tx } = writer;
  if (isGone(row)) return;
  tx.set(row, { voided: true, voidedBy: writer.author, dateVoided: site.now(), voidReason: reason });
  const previous = previousOf(site, row);
  if (previous && stops(row)) tx.set(previous, { dateStopped: null });
}

/** `OrderServiceImpl.unvoidOrder`: what it followed is stopped again, unless somebody else has stopped it. */
export function unvoidOrder(writer: Writer, row: Row): void {
  const { site, tx } = writer;
  const previous = previousOf(site, row);
  if (previous && stops(row)) stop(writer, previous, (when(row, 'dateActivated') ?? 0) - 1000, false);
  tx.set(row, { voided: false, voidedBy: null, dateVoided: null, voidReason: null });
}
