import { ConflictException, Controller, Get, HttpCode, Inject, NotFoundException, Param, Post, Req, UseFilters } from '@nestjs/common';
import { type Account, type AccountActed, type AccountDesk, type ApiToken, NewAccount, NewApiToken } from '@sync-hub/contracts';
import { z } from 'zod';
import { AccountMadeAnswer, AccountsAnswer, OneTimePasswordAnswer, TokenMadeAnswer, TokensAnswer } from '../api/answers/account-answers.js';
import { Tells } from '../api/tells.js';
import { invalid, jsonBody, type RawBody } from '../conflicts/json-body.js';
import { RefusedFilter } from '../conflicts/refused.filter.js';
import { type AskedBy, whoActs } from './caller.js';
import { Needs } from './needs.js';

/** Injection token of what is done to accounts. */
export const ACCOUNT_DESK = Symbol('AccountDesk');

/** Who acts where the console's own token was sent, and not somebody's name. */
const BY_CONSOLE_TOKEN = 'console token';

const NothingBody = z.strictObject({});
const RoleBody = NewAccount.pick({ role: true });
const IS_ID = z.uuid();

const NOT_SO = { 409: 'nobody would be left to administer (`last-administrator`), or a provider alone says so (`of-provider`)' } as const;

type Request = RawBody & AskedBy;

/**
 * Accounts and everybody's tokens, for administrators: `GET /api/accounts`, `POST` makes one, `POST …/ID/role`, `…/disable`, `…/enable`, `…/password` (another one for one sign-in); `GET …/tokens`, `POST …/ID/tokens` makes one, `POST …/tokens/ID/revoke`.
 * 404 where there is no such account or token, 409 where the name is taken, where nobody would be left to administer, or what a provider alone says of somebody.
 */
@Controller('/api/accounts')
@UseFilters(RefusedFilter)
export class AccountController {
  constructor(@Inject(ACCOUNT_DESK) private readonly desk: AccountDesk) {}

  @Needs('manage-accounts')
  @Tells({ does: 'all accounts', answer: AccountsAnswer })
  @Get()
  async list(): Promise<{ readonly accounts: readonly Account[] }> {
    return { accounts: await this.desk.list() };
  }

  @Needs('manage-accounts')
  @Tells({
    does: 'makes an account, with a password for one sign-in, which is told here alone',
    body: NewAccount,
    answer: AccountMadeAnswer,
    refuses: { 409: 'there is one of that name (`there`)' },
  })
  @Post()
  @HttpCode(201)
  async add(@Req() request: Request): Promise<{ readonly id: string; readonly oneTimePassword: string }> {
    const added = await this.desk.add(jsonBody(NewAccount, request), by(request));
    if (added === null) throw new ConflictException({ error: 'there' });
    return added;
  }

  @Needs('manage-accounts')
  @Tells({ does: 'tokens of everybody, without their secrets, the newest first', answer: TokensAnswer })
  @Get('tokens')
  async tokens(): Promise<{ readonly tokens: readonly ApiToken[] }> {
    return { tokens: await this.desk.tokens(null) };
  }

  @Needs('manage-accounts')
  @Tells({ does: 'revokes a token of anybody', body: NothingBody, answer: null })
  @Post('tokens/:id/revoke')
  @HttpCode(204)
  async revokeToken(@Param('id') id: string, @Req() request: Request): Promise<void> {
    jsonBody(NothingBody, request);
    if (!(await this.desk.revokeToken(known(id), null, by(request)))) throw notThere();
  }

  @Needs('manage-accounts')
  @Tells({ does: 'makes a token for an account; its secret is told here alone', body: NewApiToken, answer: TokenMadeAnswer })
  @Post(':id/tokens')
  @HttpCode(201)
  async addToken(@Param('id') id: string, @Req() request: Request): Promise<{ readonly id: string; readonly token: string }> {
    return tokenAdded(await this.desk.addToken(known(id), jsonBody(NewApiToken, request), by(request)));
  }

  @Needs('manage-accounts')
  @Tells({ does: 'says what somebody is', body: RoleBody, answer: null, refuses: NOT_SO })
  @Post(':id/role')
  @HttpCode(204)
  async setRole(@Param('id') id: string, @Req() request: Request): Promise<void> {
    acted(await this.desk.setRole(known(id), jsonBody(RoleBody, request).role, by(request)));
  }

  @Needs('manage-accounts')
  @Tells({ does: 'shuts an account, and ends its sessions', body: NothingBody, answer: null, refuses: NOT_SO })
  @Post(':id/disable')
  @HttpCode(204)
  disable(@Param('id') id: string, @Req() request: Request): Promise<void> {
    return this.setDisabled(id, true, request);
  }

  @Needs('manage-accounts')
  @Tells({ does: 'opens an account again', body: NothingBody, answer: null, refuses: NOT_SO })
  @Post(':id/enable')
  @HttpCode(204)
  enable(@Param('id') id: string, @Req() request: Request): Promise<void> {
    return this.setDisabled(id, false, request);
  }

  @Needs('manage-accounts')
  @Tells({
    does: 'another password for one sign-in; ends the sessions of the account',
    body: NothingBody,
    answer: OneTimePasswordAnswer,
    refuses: { 409: 'a provider vouches for them: they have none (`of-provider`)' },
  })
  @Post(':id/password')
  @HttpCode(200)
  async resetPassword(@Param('id') id: string, @Req() request: Request): Promise<{ readonly oneTimePassword: string }> {
    jsonBody(NothingBody, request);
    const reset = await this.desk.resetPassword(known(id), by(request));
    if (reset === null) throw notThere();
    if (reset === 'of-provider') throw new ConflictException({ error: reset });
    return reset;
  }

  private async setDisabled(id: string, isDisabled: boolean, request: Request): Promise<void> {
    jsonBody(NothingBody, request);
    acted(await this.desk.setDisabled(known(id), isDisabled, by(request)));
  }
}

const by = (request: Request): string => whoActs(request, BY_CONSOLE_TOKEN);

const notThere = (): NotFoundException => new NotFoundException({ error: 'not-there' });

function known(id: string): string {
  if (!IS_ID.safeParse(id).success) throw notThere();
  return id;
}

function acted(what: AccountActed): void {
  if (what === 'not-there') throw notThere();
  if (what !== 'done') throw new ConflictException({ error: what });
}

/** Throws what is answered where it was not made. */
export function tokenAdded(added: Awaited<ReturnType<AccountDesk['addToken']>>): { readonly id: string; readonly token: string } {
  if (added.kind === 'not-there') throw notThere();
  if (added.kind === 'beyond-role') throw invalid([{ path: 'scope', problem: `is no more than the account may: not ${added.beyond.join(', ')}` }]);
  return { id: added.id, token: added.token };
}
