import { type LinkId, type NewPolicyRule, PolicyRuleChanged, type PolicyWord, type RecordRef, type SiteId } from '@sync-hub/contracts';
import type { Tx } from '@sync-hub/messaging';
import { type Database, newId } from '../database.js';
import type { Look } from './change.repository.js';

/** A rule as it is kept. */
export interface StoredPolicyRule {
  readonly id: string;
  readonly link: LinkId;
  readonly category: string;
  readonly field: string;
  readonly policy: PolicyWord;
  readonly child: SiteId;
  readonly conflictId: string | null;
  readonly madeBy: string;
  readonly madeAt: Date;
  readonly revokedBy: string | null;
  readonly revokedAt: Date | null;
}

export type RuleInForce = Pick<StoredPolicyRule, 'id' | 'category' | 'field' | 'policy'>;

/** By what a link's conflicts are judged, and its writes go, in this process. */
export interface JudgedBy {
  readonly link: LinkId;
  readonly judgedBy: string | null;
  readonly writesBy: string;
}

type Row = StoredPolicyRule & Record<string, unknown>;

const COLUMNS = `id, link, category, field, policy, child, conflict_id as "conflictId", made_by as "madeBy", made_at as "madeAt", revoked_by as "revokedBy", revoked_at as "revokedAt"`;

/** By what a conflict was judged that no policy decides. */
export const FOR_PEOPLE = 'people';

/** Rules that people made of decisions. Written by people, through the command line and the console. */
export class PolicyRuleRepository {
  constructor(private readonly database: Database) {}

  /** In force on the link now: asked each time that something is decided, so that one that is revoked decides nothing more. */
  async inForce(link: LinkId): Promise<readonly RuleInForce[]> {
    return this.database.query<RuleInForce & Record<string, unknown>>(
      `select id, category, field, policy from policy_rule where link = $1 and revoked_at is null order by id`,
      [link],
    );
  }

  /**
   * The looks by which what was asked about on the link by other policies and rules is judged anew. None while a service that writes there goes by other
   * settings than these, which would judge by what is older.
   */
  async looksFor({ link, judgedBy, writesBy }: JudgedBy): Promise<readonly Look[]> {
    const rows = await this.database.query<{ site: SiteId; aggregate: RecordRef['aggregate']; uuid: string }>(
      `select distinct source as site, aggregate, uuid from job where link = $1 and state = 'conflict' and judged_by is distinct from $2 and judged_by is distinct from '${FOR_PEOPLE}'
         and not exists (select from route_rules where link = $1 and writes_by <> $3) order by 1, 2, 3`,
      [link, judgedBy, writesBy],
    );
    return rows.map(({ site, ...record }) => ({ site, record, forced: true }));
  }

  /** The newest first. */
  async list({
    link = null,
    withRevoked = false,
  }: {
    readonly link?: LinkId | null;
    readonly withRevoked?: boolean;
  } = {}): Promise<readonly StoredPolicyRule[]> {
    return this.database.query<Row>(
      `select ${COLUMNS} from policy_rule where ($1::text is null or link = $1) and ($2 or revoked_at is null) order by made_at desc, id`,
      [link, withRevoked],
    );
  }

  /** Answers its id; the one that is in force for that field already where there is one, which stays as it is. */
  async add(
    tx: Tx,
    { link, category, field, policy, conflict }: NewPolicyRule,
    by: { readonly who: string; readonly child: SiteId },
  ): Promise<StoredPolicyRule & { readonly isNew: boolean }> {
    const [made] = await tx.query<Row>(
      `insert into policy_rule (id, link, category, field, policy, child, conflict_id, made_by) values ($1, $2, $3, $4, $5, $6, $7, $8)
       on conflict (link, category, field) where revoked_at is null do nothing returning ${COLUMNS}`,
      [newId(), link, category, field, policy, by.child, conflict ?? null, by.who],
    );
    if (made !== undefined) {
      say(tx, made, 'made', by.who);
      return { ...made, isNew: true };
    }
    const [there] = await tx.query<Row>(`select ${COLUMNS} from policy_rule where link = $1 and category = $2 and field = $3 and revoked_at is null`, [
      link,
      category,
      field,
    ]);
    return there === undefined ? this.add(tx, { link, category, field, policy, conflict }, by) : { ...there, isNew: false };
  }

  /** False where it is not in force. */
  async revoke(tx: Tx, id: string, by: string): Promise<boolean> {
    const [row] = await tx.query<Row>(`update policy_rule set revoked_by = $2, revoked_at = now() where id = $1 and revoked_at is null returning ${COLUMNS}`, [
      id,
      by,
    ]);
    if (row !== undefined) say(tx, row, 'revoked', by);
    return row !== undefined;
  }
}

function say(tx: Tx, { id, link, child, category, field, policy }: StoredPolicyRule, what: PolicyRuleChanged['what'], by: string): void {
  tx.say(PolicyRuleChanged, id, { ruleId: id, link, site: child, round: what === 'made' ? 1 : 2, category, field, policy, what, by });
}
