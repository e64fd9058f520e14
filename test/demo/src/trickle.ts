import { Random, type SimulatorState } from '@sync-hub/openmrs-simulator';
import type { Clinics, Place } from './clinics.js';

/** What was touched is left alone for so long, so that two sites do not type different things into one field before they have heard of each other. */
const LEAVE_ALONE_MS = 20_000;
const MOST_RECORDS = 150;

type Work = readonly [share: number, does: (trickle: Trickle) => boolean];

/** One change at a time at a site of chance's choice; the same seed makes the same choices. */
export class Trickle {
  private readonly random: Random;
  private readonly leaveAloneMs: number;
  private made = 100;

  constructor(
    private readonly clinics: Clinics,
    private readonly sites: readonly string[],
    { seed = 'trickle', leaveAloneMs = LEAVE_ALONE_MS }: { readonly seed?: string; readonly leaveAloneMs?: number } = {},
  ) {
    this.random = new Random(seed);
    this.leaveAloneMs = leaveAloneMs;
  }

  /** Somebody does something; nobody does where every record was touched just now. */
  next(): void {
    for (let tries = 0; tries < 20; tries += 1) if (this.somebody()) return;
  }

  private somebody(): boolean {
    this.made += 1;
    let left = this.random.next() * WORK.reduce((sum, [share]) => sum + share, 0);
    for (const [share, does] of WORK) {
      left -= share;
      if (left < 0) return does(this);
    }
    return false;
  }

  /** Does the work at a site that has such a record. */
  on(pick: (state: SimulatorState) => readonly string[], work: (clinics: Clinics, place: Place, number: number) => void): boolean {
    const site = this.site();
    const recent = new Set(this.clinics.deeds.filter(({ at }) => Date.now() - at.getTime() < this.leaveAloneMs).map(({ uuid }) => uuid));
    const [first, ...others] = pick(this.clinics.at(site).state()).filter((uuid) => !recent.has(uuid));
    if (first === undefined) return false;
    work(this.clinics, { site, uuid: this.random.pick([first, ...others]) }, this.made);
    return true;
  }

  /** Enters something new, until there is enough to look at. */
  anew(work: (clinics: Clinics, site: string, number: number) => void): boolean {
    const site = this.site();
    const { locations, people } = this.clinics.at(site).state();
    if (locations.length + people.length >= MOST_RECORDS) return false;
    work(this.clinics, site, this.made);
    return true;
  }

  private site(): string {
    return this.sites[this.random.below(this.sites.length)] ?? '';
  }
}

const uuids = (rows: readonly { readonly uuid: string }[]): string[] => rows.map(({ uuid }) => uuid);
const patients = ({ people }: SimulatorState): string[] => uuids(people.filter(({ gone, isPatient }) => isPatient && !gone));
/** Those to whom one more can be added, so that records stay of a size that people have. */
const withRoom =
  (list: 'addresses' | 'identifiers') =>
  ({ people }: SimulatorState): string[] =>
    uuids(people.filter((person) => person.isPatient && !person.gone && person[list].length < 4));
const voidedPatients = ({ people }: SimulatorState): string[] => uuids(people.filter(({ gone, isPatient }) => isPatient && gone));
const wards = ({ locations }: SimulatorState): string[] => uuids(locations.filter(({ gone, values }) => !gone && isWard(values['name'])));
const closedWards = ({ locations }: SimulatorState): string[] => uuids(locations.filter(({ gone, values }) => gone && isWard(values['name'])));
/** Not what others stand below, or refer to. */
const isWard = (name: unknown): boolean => typeof name === 'string' && /^(Ward|Maternity|Outpatients)/.test(name);

const WORK: readonly Work[] = [
  [5, (trickle) => trickle.on(patients, (clinics, place, number) => clinics.correctBirthdate(place, 1940 + (number % 80)))],
  [5, (trickle) => trickle.on(patients, (clinics, place, number) => clinics.changePhone(place, number))],
  [3, (trickle) => trickle.on(withRoom('addresses'), (clinics, place, number) => clinics.addAddress(place, number))],
  [2, (trickle) => trickle.on(withRoom('identifiers'), (clinics, place, number) => clinics.giveNationalId(place, number))],
  [4, (trickle) => trickle.on(wards, (clinics, place, number) => clinics.describeWard(place, number))],
  [2, (trickle) => trickle.on(patients, (clinics, place) => clinics.voidPatient(place))],
  [4, (trickle) => trickle.on(voidedPatients, (clinics, place) => clinics.restorePatient(place))],
  [1, (trickle) => trickle.on(wards, (clinics, place) => clinics.closeWard(place))],
  [2, (trickle) => trickle.on(closedWards, (clinics, place) => clinics.reopenWard(place))],
  [4, (trickle) => trickle.anew((clinics, site, number) => clinics.registerPatient(site, number))],
  [1, (trickle) => trickle.anew((clinics, site, number) => clinics.openWard(site, number))],
  [1, (trickle) => trickle.anew((clinics, site, number) => clinics.addRelative(site, number))],
];
