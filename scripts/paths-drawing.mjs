/** The types of the workbench's own client, from the document that the console tells, in the shape that openapi-fetch reads. */
import { compile } from 'json-schema-to-typescript';

const object = (properties, required = Object.keys(properties)) => ({ type: 'object', properties, required, additionalProperties: false });

export async function pathsDrawing({ paths, components }) {
  const root = {
    ...object(Object.fromEntries(Object.entries(paths).map(([path, methods]) => [path, object(Object.fromEntries(Object.entries(methods).map(operation)))]))),
    $defs: components.schemas,
  };
  const made = await compile(JSON.parse(JSON.stringify(root).replaceAll('#/components/schemas/', '#/$defs/')), 'paths', {
    bannerComment: '// Drawn from docs/openapi.json by "npm run draw". Do not edit: change what the controllers tell.',
    additionalProperties: false,
    declareExternallyReferenced: true,
    style: { printWidth: 160, singleQuote: true },
  });
  // A status is a number for openapi-fetch.
  return made.replaceAll(/(['"])(\d{3})\1:/g, '$2:');
}

function operation([method, { parameters = [], requestBody, responses }]) {
  const of = (where) => parameters.filter((one) => one.in === where);
  const givenIn = (where) =>
    object(
      Object.fromEntries(of(where).map(({ name, schema }) => [name, schema])),
      of(where)
        .filter(({ required }) => required)
        .map(({ name }) => name),
    );
  const given = Object.fromEntries(['query', 'path'].filter((where) => of(where).length > 0).map((where) => [where, givenIn(where)]));
  const told = Object.entries(responses).find(([status]) => status < '400');
  // What is refused is told in one shape, whatever the status.
  const refused = Object.entries(responses).find(([status]) => status >= '400')[1];
  const isAsked = (where) => of(where).some(({ required }) => required);
  return [
    method,
    object({
      parameters: object(given, Object.keys(given).filter(isAsked)),
      ...(requestBody === undefined ? {} : { requestBody: object({ content: contents(requestBody.content) }) }),
      responses: object(
        Object.fromEntries(
          [told, ['default', refused]].map(([status, { content }]) => [status, object(content === undefined ? {} : { content: contents(content) })]),
        ),
      ),
    }),
  ];
}

const contents = (content) => object(Object.fromEntries(Object.entries(content).map(([type, { schema }]) => [type, schema])));
