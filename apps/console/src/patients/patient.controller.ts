import { ConflictException, Controller, Get, HttpCode, Inject, NotFoundException, Post, Req, UseFilters } from '@nestjs/common';
import {
  EraseDeed,
  type ErasedCounts,
  FollowDeed,
  PatientDeed,
  type PatientDesk,
  type PatientErased,
  type PatientList,
  type PatientResumed,
  type PatientStopped,
  UnfollowDeed,
  Uuid,
} from '@sync-hub/contracts';
import { z } from 'zod';
import { type AskedBy, whoActs } from '../access/caller.js';
import { Needs } from '../access/needs.js';
import { ErasedCountsAnswer, PatientErasedAnswer, PatientListAnswer, PatientResumedAnswer, PatientStoppedAnswer } from '../api/answers/patient-answers.js';
import { Tells } from '../api/tells.js';
import { Name, WhyStopped } from '../conflicts/conflict-bodies.js';
import { jsonBody, type RawBody } from '../conflicts/json-body.js';
import { RefusedFilter } from '../conflicts/refused.filter.js';

export const PATIENT_DESK = Symbol('PATIENT_DESK');

const by = { by: Name.optional() };
const ActBody = PatientDeed.extend(by);

/** Whoever stops somebody says why. */
const StopBody = ActBody.extend({ reason: WhyStopped('says why, for whoever finds her stopped') });
const FollowBody = FollowDeed.extend(by);
const UnfollowBody = UnfollowDeed.extend(by);
const EraseBody = EraseDeed.extend({ ...by, reason: WhyStopped('says why') });
const KeptBody = z.strictObject({ patient: Uuid });

type Request = RawBody & AskedBy;

const NO_SUCH_LINK = 'no such link is run here';

/**
 * Patients: `GET /api/patients` tells who is stopped, who is followed, and who has left. `POST …/stop` stops all that travels of one, on one `link` or on all, for a `reason`, and `…/resume`
 * lets her go on; `…/follow` sends her to a link's child for so many `seconds`, and `…/unfollow` ends that. `…/kept` says how much is stored of one, and `…/erase` has it forgotten. 404 where the link is not run here, 409 where it stands so already.
 */
@Controller('/api/patients')
@UseFilters(RefusedFilter)
export class PatientController {
  constructor(@Inject(PATIENT_DESK) private readonly desk: PatientDesk) {}

  @Needs('find-records')
  @Tells({ does: 'who is stopped, who is followed, and who has left a catchment', answer: PatientListAnswer })
  @Get()
  list(): Promise<PatientList> {
    return this.desk.list();
  }

  @Needs('drive-work')
  @Tells({
    does: 'stops all that travels of a patient, on one link or on all',
    body: StopBody,
    answer: PatientStoppedAnswer,
    refuses: { 404: NO_SUCH_LINK, 409: 'she is stopped there already' },
  })
  @Post('stop')
  @HttpCode(200)
  async stop(@Req() request: Request): Promise<PatientStopped> {
    const { by: told, ...deed } = jsonBody(StopBody, request);
    const stopped = await this.desk.stop({ ...deed, by: whoActs(request, told) });
    refuse(stopped.outcome);
    return stopped;
  }

  @Needs('erase-patients')
  @Tells({ does: 'how much is stored of a patient, and of what hangs on her', body: KeptBody, answer: ErasedCountsAnswer })
  @Post('kept')
  @HttpCode(200)
  kept(@Req() request: Request): Promise<ErasedCounts> {
    return this.desk.kept(jsonBody(KeptBody, request).patient);
  }

  @Needs('erase-patients')
  @Tells({
    does: 'has it forgotten what is stored of a patient who is stopped on every link',
    body: EraseBody,
    answer: PatientErasedAnswer,
    refuses: { 409: 'she is not stopped on every link, something of hers is in hand, or what was typed is not her uuid' },
  })
  @Post('erase')
  @HttpCode(200)
  async erase(@Req() request: Request): Promise<PatientErased> {
    const { by: told, ...deed } = jsonBody(EraseBody, request);
    const erased = await this.desk.erase({ ...deed, by: whoActs(request, told) });
    if (erased.outcome !== 'done') throw new ConflictException({ error: erased.outcome });
    return erased;
  }

  @Needs('drive-work')
  @Tells({
    does: 'lets a patient go on who was stopped',
    body: ActBody,
    answer: PatientResumedAnswer,
    refuses: { 404: NO_SUCH_LINK, 409: 'she is not stopped there' },
  })
  @Post('resume')
  @HttpCode(200)
  async resume(@Req() request: Request): Promise<PatientResumed> {
    const { by: told, ...deed } = jsonBody(ActBody, request);
    const resumed = await this.desk.resume({ ...deed, by: whoActs(request, told) });
    refuse(resumed.outcome);
    return resumed;
  }

  @Needs('drive-work')
  @Tells({
    does: "sends a patient to a link's child for a while, whatever its catchment says",
    body: FollowBody,
    answer: null,
    refuses: { 404: NO_SUCH_LINK, 409: 'nothing of patients goes there' },
  })
  @Post('follow')
  @HttpCode(204)
  async follow(@Req() request: Request): Promise<void> {
    const { by: told, ...deed } = jsonBody(FollowBody, request);
    refuse(await this.desk.follow({ ...deed, by: whoActs(request, told) }));
  }

  @Needs('drive-work')
  @Tells({ does: 'ends that', body: UnfollowBody, answer: null, refuses: { 404: NO_SUCH_LINK, 409: 'she is not followed there' } })
  @Post('unfollow')
  @HttpCode(204)
  async unfollow(@Req() request: Request): Promise<void> {
    const { by: told, ...deed } = jsonBody(UnfollowBody, request);
    refuse(await this.desk.unfollow({ ...deed, by: whoActs(request, told) }));
  }
}

function refuse(outcome: 'done' | 'as-it-is' | 'no-such-link' | 'not-pulled'): void {
  if (outcome === 'no-such-link') throw new NotFoundException({ error: NO_SUCH_LINK });
  if (outcome !== 'done') throw new ConflictException({ error: outcome });
}
