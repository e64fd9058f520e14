import {
  ConflictException,
  Controller,
  Get,
  HttpCode,
  Inject,
  NotFoundException,
  Param,
  Post,
  Req,
  UnprocessableEntityException,
  UseFilters,
} from '@nestjs/common';
import { ConfigurationError, configurationJsonSchema, pathText } from '@sync-hub/configuration';
import type {
  ConfigurationCheck,
  ConfigurationDesk,
  ConfigurationSaved,
  ConfigurationState,
  ConfigurationVersion,
  ConfigurationVersionShown,
  Sync2Draft,
} from '@sync-hub/contracts';
import { type AskedBy, whoActs } from '../access/caller.js';
import { Needs } from '../access/needs.js';
import {
  ConfigurationCheckAnswer,
  ConfigurationEditedAnswer,
  ConfigurationSavedAnswer,
  ConfigurationSchemaAnswer,
  ConfigurationStateAnswer,
  ConfigurationVersionAnswer,
  ConfigurationVersionsAnswer,
  Sync2DraftAnswer,
} from '../api/answers/configuration-answers.js';
import { Tells } from '../api/tells.js';
import { invalid, jsonBody, type RawBody } from '../conflicts/json-body.js';
import { RefusedFilter } from '../conflicts/refused.filter.js';
import { CheckBody, EditBody, ImportBody, RollBackBody, SaveBody } from './configuration-bodies.js';

export const CONFIGURATION_DESK = Symbol('CONFIGURATION_DESK');

const SHOWN = 100;

const NO_VERSION = { 404: 'there is no such version, or our keys do not open it' } as const;

const NOT_SAVED = {
  409: 'the file is another one by now (`changed`), or cannot be written (`cannot-save`, `reason`)',
  422: 'it is not valid; `problems` says what is wrong, and where',
} as const;

/**
 * The configuration: `GET /api/configuration` tells the file as it is (secrets taken out) and whether it is in force, `POST …/check` what is wrong with a text, what would change and what follows,
 * `POST …/save` puts one in the file's place (`base`: from what it was begun; 409 `changed` where the file is another one by now, 409 `cannot-save` with the reason where it lies read-only, 422 with every problem and its
 * place), `…/versions` and `…/versions/N` what was before, `POST …/rollback` brings one back, `POST …/edit` changes places of a text and leaves the rest as it was written, `POST …/import` makes a draft of Sync 2.0's files.
 */
@Controller('/api/configuration')
@UseFilters(RefusedFilter)
export class ConfigurationController {
  constructor(@Inject(CONFIGURATION_DESK) private readonly desk: ConfigurationDesk) {}

  @Needs('configure')
  @Tells({ does: 'the file as it is, with what may be a secret taken out, and what the hub makes of it', answer: ConfigurationStateAnswer })
  @Get()
  state(): Promise<ConfigurationState> {
    return this.desk.state();
  }

  @Needs('configure')
  @Tells({ does: 'what a configuration may say, as JSON Schema', answer: ConfigurationSchemaAnswer })
  @Get('schema')
  schema(): Readonly<Record<string, unknown>> {
    return configurationJsonSchema();
  }

  @Needs('configure')
  @Tells({ does: 'what was before, the newest first', answer: ConfigurationVersionsAnswer })
  @Get('versions')
  async versions(): Promise<{ readonly versions: readonly ConfigurationVersion[] }> {
    return { versions: await this.desk.versions(SHOWN) };
  }

  @Needs('configure')
  @Tells({ does: 'one version, beside the one before it', answer: ConfigurationVersionAnswer, refuses: NO_VERSION })
  @Get('versions/:version')
  async version(@Param('version') version: string): Promise<ConfigurationVersionShown> {
    return there(await this.desk.version(numberOf(version)));
  }

  @Needs('configure')
  @Tells({ does: 'what would come with that version', answer: ConfigurationCheckAnswer, refuses: NO_VERSION })
  @Get('versions/:version/check')
  async checkVersion(@Param('version') version: string): Promise<ConfigurationCheck> {
    return there(await this.desk.checkVersion(numberOf(version)));
  }

  @Needs('configure')
  @Tells({ does: 'what is wrong with a text, what would change with it, and what follows', body: CheckBody, answer: ConfigurationCheckAnswer })
  @Post('check')
  @HttpCode(200)
  check(@Req() request: RawBody): Promise<ConfigurationCheck> {
    return this.desk.check(jsonBody(CheckBody, request).text);
  }

  @Needs('configure')
  @Tells({ does: 'changes places of a text, and leaves the rest as it was written; saves nothing', body: EditBody, answer: ConfigurationEditedAnswer })
  @Post('edit')
  @HttpCode(200)
  async edit(@Req() request: RawBody): Promise<{ readonly text: string }> {
    const { text, edits } = jsonBody(EditBody, request);
    const edited = await this.desk.edited(text, edits);
    if (edited === null) throw invalid([{ path: 'edits', problem: 'name links and sites that stand in the text, which is YAML or JSON' }]);
    return { text: edited };
  }

  @Needs('configure')
  @Tells({
    does: 'puts a text in the file’s place, if it is still what one began from (`base`)',
    body: SaveBody,
    answer: ConfigurationSavedAnswer,
    refuses: NOT_SAVED,
  })
  @Post('save')
  @HttpCode(200)
  async save(@Req() request: RawBody & AskedBy): Promise<Saved> {
    const { by, ...wanted } = jsonBody(SaveBody, request);
    return saved(await this.desk.save(wanted, whoActs(request, by)));
  }

  @Needs('configure')
  @Tells({ does: 'brings an earlier version back', body: RollBackBody, answer: ConfigurationSavedAnswer, refuses: { ...NOT_SAVED, ...NO_VERSION } })
  @Post('rollback')
  @HttpCode(200)
  async rollBack(@Req() request: RawBody & AskedBy): Promise<Saved> {
    const { by, ...wanted } = jsonBody(RollBackBody, request);
    return saved(await this.desk.rollBack(wanted, whoActs(request, by)));
  }

  @Needs('configure')
  @Tells({
    does: 'makes a draft of Sync 2.0’s files; saves nothing',
    body: ImportBody,
    answer: Sync2DraftAnswer,
    refuses: { 422: 'they cannot be read; `file` and `problems` say where' },
  })
  @Post('import')
  @HttpCode(200)
  async import(@Req() request: RawBody): Promise<Sync2Draft> {
    const files = jsonBody(ImportBody, request);
    try {
      return await this.desk.importSync2(files);
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      const problems = error.problems.map(({ path, ...problem }) => ({ ...problem, path: pathText(path) }));
      throw new UnprocessableEntityException({ error: 'unreadable', file: error.file, problems });
    }
  }
}

/** 0 is the number of no version. */
const numberOf = (text: string): number => (/^[1-9]\d{0,8}$/.test(text) ? Number(text) : 0);

function there<Found>(found: Found | null): Found {
  if (found === null) throw new NotFoundException({ error: 'there is no such version, or our keys do not open it' });
  return found;
}

type Saved = Extract<ConfigurationSaved, { readonly kind: 'saved' | 'same' }>;

function saved(done: ConfigurationSaved): Saved {
  switch (done.kind) {
    case 'saved':
    case 'same':
      return done;
    case 'changed':
      throw new ConflictException({ error: 'changed' });
    case 'cannot-save':
      throw new ConflictException({ error: 'cannot-save', reason: done.reason });
    case 'invalid':
      throw new UnprocessableEntityException({ error: 'invalid', problems: done.problems });
    case 'no-such-version':
      throw new NotFoundException({ error: 'there is no such version, or our keys do not open it' });
  }
}
