import { Controller, Get, HttpCode, Inject, NotFoundException, Param, Post, Req, UseFilters } from '@nestjs/common';
import { type AccountDesk, type ApiToken, NewApiToken } from '@sync-hub/contracts';
import { z } from 'zod';
import { TokenMadeAnswer, TokensAnswer } from '../api/answers/account-answers.js';
import { Tells } from '../api/tells.js';
import { jsonBody, type RawBody } from '../conflicts/json-body.js';
import { RefusedFilter } from '../conflicts/refused.filter.js';
import { ACCOUNT_DESK, tokenAdded } from './account.controller.js';
import { type AskedBy, whoActs } from './caller.js';
import { nobody } from './callers.js';
import { Own } from './needs.js';

const NothingBody = z.strictObject({});
const IS_ID = z.uuid();

type Request = RawBody & AskedBy;

/** One's own tokens: `GET /api/tokens`, `POST` makes one, of which the secret is told once, `POST …/ID/revoke`. A token makes no tokens. */
@Controller('/api/tokens')
@UseFilters(RefusedFilter)
export class OwnTokenController {
  constructor(@Inject(ACCOUNT_DESK) private readonly desk: AccountDesk) {}

  @Own()
  @Tells({ does: 'one’s own tokens, without their secrets, the newest first', answer: TokensAnswer })
  @Get()
  async list(@Req() request: Request): Promise<{ readonly tokens: readonly ApiToken[] }> {
    return { tokens: await this.desk.tokens(accountOf(request)) };
  }

  @Own()
  @Tells({ does: 'makes a token of one’s own; its secret is told here alone', body: NewApiToken, answer: TokenMadeAnswer })
  @Post()
  @HttpCode(201)
  async add(@Req() request: Request): Promise<{ readonly id: string; readonly token: string }> {
    return tokenAdded(await this.desk.addToken(accountOf(request), jsonBody(NewApiToken, request), whoActs(request)));
  }

  @Own()
  @Tells({ does: 'revokes a token of one’s own', body: NothingBody, answer: null })
  @Post(':id/revoke')
  @HttpCode(204)
  async revoke(@Param('id') id: string, @Req() request: Request): Promise<void> {
    jsonBody(NothingBody, request);
    const isRevoked = IS_ID.safeParse(id).success && (await this.desk.revokeToken(id, accountOf(request), whoActs(request)));
    if (!isRevoked) throw new NotFoundException({ error: 'not-there' });
  }
}

function accountOf({ caller }: AskedBy): string {
  if (caller?.by !== 'session') throw nobody();
  return caller.accountId;
}
