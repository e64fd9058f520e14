import { z } from 'zod';
import { RefusedAnswer } from './answers/refused-answer.js';
import type { Route } from './routes-of.js';
import type { Tells } from './tells.js';

type Json = Readonly<Record<string, unknown>>;

const ABOUT =
  'The console of Sync Hub, as its own workbench asks it. Here stands every path that tells something; what each needs is listed in docs/roles.md, too. Programs send a token as "Authorization: Bearer ..." (docs/runbooks/accounts.md). Times are ISO 8601 in UTC.';

/** Those that say what they take and tell, as OpenAPI 3.1. */
export function openApiOf(routes: readonly Route[]): Json {
  const schemas: Record<string, unknown> = {};
  const told = routes.flatMap((route) => (route.tells === undefined ? [] : [{ ...route, tells: route.tells }]));
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of told) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route, schemas) };
  }
  return {
    openapi: '3.1.1',
    info: { title: 'Sync Hub', version: '1', description: ABOUT },
    security: [{ token: [] }],
    paths,
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      schemas: Object.fromEntries(Object.entries(schemas).sort(([one], [other]) => (one < other ? -1 : 1))),
    },
  };
}

function operationOf({ path, by, status, need, tells }: Route & { readonly tells: Tells }, schemas: Record<string, unknown>): Json {
  const { does, answer, body, query, as } = tells;
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
  const parameters = [...inPath, ...queryOf(query, schemas)];
  return {
    operationId: by.replace('Controller', ''),
    summary: does,
    'x-needs': need?.permission,
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined ? {} : { requestBody: { required: true, content: contentOf(body, 'input', schemas) } }),
    responses: {
      [status]: { description: does, ...(answer === null ? {} : { content: contentOf(answer, 'output', schemas, as) }) },
      ...refusals(tells, { hasId: inPath.length > 0, isOpen: need?.permission === 'anybody' }, schemas),
    },
  };
}

function queryOf(query: z.ZodObject | undefined, schemas: Record<string, unknown>): readonly Json[] {
  if (query === undefined) return [];
  const { properties = {}, required = [] } = schemaOf(query, 'input', schemas) as { properties?: Json; required?: readonly string[] };
  return Object.entries(properties).map(([name, schema]) => ({ name, in: 'query', required: required.includes(name), schema }));
}

/** By status. What has an id may not be there, and whoever takes something may be told something else. */
function refusals(
  { body, query, refuses = {} }: Tells,
  { hasId, isOpen }: { readonly hasId: boolean; readonly isOpen: boolean },
  schemas: Record<string, unknown>,
): Json {
  const why: Readonly<Record<string, string>> = {
    ...(body === undefined && query === undefined ? {} : { 400: 'what was sent is not so; `problems` says where' }),
    ...(isOpen ? {} : { 401: 'nobody knows who asks', 403: 'they may not; `permission` says what it needs' }),
    ...(isOpen && body !== undefined ? { 403: 'a page elsewhere asks' } : {}),
    ...(hasId ? { 404: 'there is none of that id' } : {}),
    ...(body === undefined ? {} : { 413: 'more was sent than is taken', 415: 'what was sent is not said to be application/json, or is compressed' }),
    ...refuses,
    ...(500 in refuses ? {} : { 503: 'it cannot be done now' }),
  };
  return Object.fromEntries(
    Object.entries(why).map(([status, description]) => [status, { description, content: contentOf(RefusedAnswer, 'output', schemas) }]),
  );
}

const contentOf = (schema: z.ZodType, io: 'input' | 'output', schemas: Record<string, unknown>, as: readonly string[] = ['application/json']): Json =>
  Object.fromEntries(as.map((type) => [type, { schema: schemaOf(schema, io, schemas) }]));

/** What has a name of its own stands once, and is referred to. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output', schemas: Record<string, unknown>): unknown {
  const { $defs = {}, ...made } = z.toJSONSchema(schema, { io }) as Json & { readonly $defs?: Json };
  for (const [id, one] of Object.entries($defs)) schemas[id] = moved(one);
  return moved(made);
}

/** The same, with references to where it stands in the document, and without what zod says beside it: how large a number can be, and what a moment looks like. */
function moved(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(moved);
  if (typeof schema !== 'object' || schema === null) return schema;
  const kept = Object.entries(schema).filter(
    ([key, value]) => key !== '$schema' && key !== 'id' && Math.abs(Number(value)) !== Number.MAX_SAFE_INTEGER && !(key === 'pattern' && 'format' in schema),
  );
  return Object.fromEntries(kept.map(([key, value]) => [key, movedAt(key, value)]));
}

function movedAt(key: string, value: unknown): unknown {
  if (key === '$ref') return String(value).replace('#/$defs/', '#/components/schemas/');
  // Names of properties are no words of JSON Schema.
  return key === 'properties' ? Object.fromEntries(Object.entries(value as Json).map(([name, one]) => [name, moved(one)])) : moved(value);
}
