import { Controller, Get, Inject, UseFilters } from '@nestjs/common';
import { Needs } from '../access/needs.js';
import { RefusedFilter } from '../conflicts/refused.filter.js';
import { OpenApiAnswer } from './answers/open-api-answer.js';
import { Tells } from './tells.js';

/** Injection token of the document. */
export const OPEN_API = Symbol('OpenApi');

/** `GET /api/openapi.json`: what the paths of this console take and tell. */
@Controller('/api/openapi.json')
@UseFilters(RefusedFilter)
export class OpenApiController {
  constructor(@Inject(OPEN_API) private readonly document: object) {}

  @Needs('see-overview')
  @Tells({ does: 'this document', answer: OpenApiAnswer })
  @Get()
  tell(): object {
    return this.document;
  }
}
