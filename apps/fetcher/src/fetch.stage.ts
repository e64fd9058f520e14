import type { PayloadFor } from '@sync-hub/contracts';
import { endChange, postpone, Stage, type StageContext, type StageHandler, skip, type Verdict } from '@sync-hub/messaging';
import { type AtTheGate, ClassGate, Rules, shutOut, shutOutBy } from '@sync-hub/runtime';
import { LookKeeper } from './look-keeper.js';
import { RecordLook } from './record-look.js';

/** How soon a look is tried again while a writer has the claim. */
const ANOTHERS_TURN_SECONDS = 1;

/** Reads the record as it stands at its site now; ends the change where every route already agrees with it. */
@Stage('fetch')
export class FetchStage implements StageHandler<'fetch'> {
  constructor(
    private readonly rules: Rules,
    private readonly keeper: LookKeeper,
    private readonly gate: ClassGate,
    private readonly looks: RecordLook,
  ) {}

  async handle({ changeId, round, record, site }: PayloadFor<'fetch'>, context: StageContext): Promise<Verdict> {
    const claim = await context.claim(site, record);
    if (claim === null) return postpone('claimed', ANOTHERS_TURN_SECONDS);
    const change = await this.keeper.begin(changeId, round);
    if (change === null) return skip('this round is over');
    const ends = this.rules.linksOf(site);
    if (ends.length === 0) return endChange('not-admitted', async () => undefined, { notAdmitted: [`${site}: is out of the configuration`] });
    const closed = await this.gate.at(site);
    const one: AtTheGate = { class: record.aggregate, subject: change.id, doing: 'look' };
    const shut = shutOutBy(closed, one);
    if (shut !== null) return shutOut(shut);
    const options = { signal: context.signal, beforeRequest: claim.check, ...context.bytes };
    return this.gate.pass(site, one, closed, () => this.looks.take({ change, round, ends }, options));
  }
}
