import { Injectable } from '@nestjs/common';
import { OverwrittenKeeper } from './overwritten-keeper.js';
import { OwnCreates } from './own-creates.js';

/** What writes of ours at a site have to do with a look at it. */
@Injectable()
export class OwnWrites {
  constructor(
    readonly creates: OwnCreates,
    readonly overwritten: OverwrittenKeeper,
  ) {}
}
