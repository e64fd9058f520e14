import { type LinkId, type PatientAct, PatientActed, type SiteId, type Uuid } from '@sync-hub/contracts';
import type { Tx } from '@sync-hub/messaging';
import type { Database } from '../database.js';
import type { Vault } from '../vault.js';

/** Who does something about a patient, and why. */
interface Deed {
  readonly patient: Uuid;
  readonly link: LinkId | null;
  readonly by: string;
  readonly reason: string | null;
}

/** Who does what to what travels of a patient. */
export interface ActOnPatient extends Deed {
  /** The link's child, or the instance. */
  readonly site: SiteId;
  readonly what: PatientAct;
}

const contextOf = (id: string): string => `patient-act:${id}`;

/** What people do to what travels of patients, with what they wrote, which is sealed. */
export class PatientActRepository {
  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
  ) {}

  /** Keeps it, and says so. `id` is that of what it began, where it began something. */
  async note(tx: Tx, id: string, act: ActOnPatient): Promise<void> {
    const { patient, link, site, what, by } = act;
    await this.keep(tx, id, act);
    tx.say(PatientActed, id, { record: { aggregate: 'person', uuid: patient }, link, site, round: 1, what, actId: id, by });
  }

  /** Keeps it alone: what is said of it is said by what it began. */
  async keep(tx: Tx, id: string, { patient, link, what, by, reason }: Deed & { readonly what: PatientAct | 'followed' }): Promise<void> {
    const sealed = reason === null || reason === '' ? null : this.vault.seal(reason, contextOf(id));
    await tx.query(`insert into patient_act (id, patient, link, what, by, sealed) values ($1, $2, $3, $4, $5, $6)`, [id, patient, link, what, by, sealed]);
  }

  /** What was written of these acts, by id. */
  async reasonsOf(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const rows = await this.database.query<{ id: string; sealed: Buffer }>(
      `select id, sealed from patient_act where id = any($1::uuid[]) and sealed is not null`,
      [ids],
    );
    return new Map(rows.map(({ id, sealed }) => [id, this.vault.open(sealed, contextOf(id)) as string]));
  }
}
