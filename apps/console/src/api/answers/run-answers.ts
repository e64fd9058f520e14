import { Direction, LinkId, MANUAL_RUN_STATES, type ManualRun, type ManualRunChoice, ManualRunScope, SiteId, Uuid } from '@sync-hub/contracts';
import { z } from 'zod';
import { exactly } from '../exactly.js';

const moment = z.iso.datetime();

export const ManualRunAnswer = exactly<ManualRun>()(
  z.strictObject({
    id: z.uuid(),
    link: LinkId,
    direction: Direction,
    source: SiteId,
    target: SiteId,
    scope: ManualRunScope,
    state: z.enum(MANUAL_RUN_STATES),
    askedBy: z.string(),
    askedAt: moment,
    endedAt: moment.nullable(),
    toList: z.int(),
    notListed: z.array(z.strictObject({ category: z.string(), patient: Uuid.optional(), code: z.string() })),
    categories: z.array(
      z.strictObject({
        category: z.string(),
        listed: z.int(),
        underWay: z.int(),
        ended: z.int(),
        became: z.array(z.strictObject({ as: z.string(), reason: z.string().nullable(), records: z.int() })),
      }),
    ),
  }),
).meta({ id: 'ManualRun' });

export const ManualRunsAnswer = z.strictObject({ runs: z.array(ManualRunAnswer) });

const Choice = exactly<ManualRunChoice>()(
  z.strictObject({ link: LinkId, direction: Direction, source: SiteId, target: SiteId, categories: z.array(z.string()) }),
).meta({ id: 'ManualRunChoice' });

export const ManualRunChoicesAnswer = z.strictObject({ choices: z.array(Choice) });

export const ManualRunBegunAnswer = z.strictObject({ id: z.uuid(), said: z.array(z.string()) });
