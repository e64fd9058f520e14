/** The documents that are read from the code's own tables, as { file: content }. */
import { register } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { categoriesDrawing } from './category-drawing.mjs';
import { code, table } from './markdown.mjs';
import { pathsDrawing } from './paths-drawing.mjs';
import { rolesDrawing } from './roles-drawing.mjs';

register('./typescript-hooks.mjs', import.meta.url);

export async function drawings(root) {
  const from = (file) => import(pathToFileURL(path.join(root, file)).href);
  const { MUTATIONS } = await from('test/mechanisms/mutations.ts');
  // Its controllers say of themselves what they need only once this is there.
  await import('reflect-metadata');
  const { routesOf } = await from('apps/console/src/api/routes-of.ts');
  const { openApiOf } = await from('apps/console/src/api/open-api.ts');
  const { consoleOver } = await from('apps/console/src/console.module.ts');
  const routes = routesOf(consoleOver({ audit: {}, people: {}, configuration: {} }).controllers);
  const document = openApiOf(routes);
  const { configurationJsonSchema } = await from('libs/configuration/src/json-schema.ts');
  return {
    'docs/sync-hub.schema.json': `${JSON.stringify(configurationJsonSchema(), null, 2)}\n`,
    'docs/pipeline.md': pipeline(await from('libs/contracts/src/index.ts')),
    'docs/roles.md': rolesDrawing({ ...(await from('libs/contracts/src/index.ts')), routes }),
    'docs/openapi.json': `${JSON.stringify(document, null, 2)}\n`,
    'apps/console/front/api/paths.ts': await pathsDrawing(document),
    'docs/mechanisms.md': mechanisms(MUTATIONS),
    'docs/categories.md': categoriesDrawing({
      ...(await from('libs/categories/src/all-categories.ts')),
      ...(await from('libs/openmrs/src/capabilities.ts')),
      kinds: await from('libs/categories/src/scalars.ts'),
    }),
  };
}

function mechanisms(mutations) {
  const numbers = [...new Set(mutations.flatMap(({ invariants }) => invariants))].sort((one, other) => one - other);
  const row = ({ name, file, red, everyRun }) => [everyRun === true ? `**${name}**` : name, code(file), `${code(red.file)}: ${red.test} …`];
  const section = (number) =>
    `## Invariant ${number}\n\n${table(['Mechanism', 'Taken out of', 'Then red'], mutations.filter(({ invariants }) => invariants.includes(number)).map(row))}\n`;
  return `<!-- Drawn from test/mechanisms by "npm run draw". Do not edit: change the list. -->

# What is taken out, and which test notices

${mutations.length} mechanisms behind \`invariants.md\`, each with the line of the product that is it. \`npm run mutants\` takes them out one at a time in a copy of the project and sees
that the test named beside it is green with the mechanism and red without. Those in bold are tried in every run of the tests. A line that no longer stands in the source
is a failure too, so that this list stays true. Where one is listed under several invariants it is the same one.

${numbers.map(section).join('\n')}`;
}

function pipeline({ STAGES, MESSAGES, EXCHANGE, WAITING_ROOM_SECONDS, consumersOf, parkedQueueName, queueName, routingKey, waitingRoomName }) {
  const stages = Object.entries(STAGES);
  const emittersOf = (message) => stages.filter(([, { emits }]) => emits.includes(message)).map(([name]) => name);
  return `<!-- Drawn from libs/contracts/src/topology.ts by "npm run draw". Do not edit: change the table. -->

# The pipeline

A stage is a function from one message to one verdict. Every message passes the topic exchange \`${EXCHANGE}\` under \`${routingKey('<message>', '<site>')}\`.

## The walk

${walk({ stages, messages: MESSAGES, consumersOf, emittersOf })}

## Stages

${table(
  ['Stage', 'Service', 'What it does', 'Consumes', 'Emits', 'Queue', 'Laid aside in'],
  stages.map(([name, { service, does, consumes, emits }]) => [
    code(name),
    service,
    does,
    consumes.length === MESSAGES.length ? 'everything' : names(consumes),
    names(emits),
    code(queueName(name, '<site>')),
    code(parkedQueueName(name)),
  ]),
)}

## Messages

${table(
  ['Message', 'Said by', 'Heard by'],
  MESSAGES.map((message) => [
    code(message.name),
    emittersOf(message).map(code).join(', ') || (message.name === 'record.changed.v1' ? 'feed-watcher' : 'a person'),
    consumersOf(message.name).map(code).join(', '),
  ]),
)}

The runner says the holds and the ends on behalf of its stage.

## Trying again

After a failed attempt that time may heal, a message waits in a room of its delay and comes back to the queue it came from. After the last one the row is parked as \`gave-up\`.

${table(
  ['Stage', 'Waits, in turn', 'Attempts'],
  stages.map(([name, { retryAfterSeconds }]) => [code(name), retryAfterSeconds.map(duration).join(', '), String(retryAfterSeconds.length + 1)]),
)}

Waiting rooms, shared by all sites: ${WAITING_ROOM_SECONDS.map((each) => code(waitingRoomName(each))).join(', ')}.
`;
}

function walk({ stages, messages, consumersOf, emittersOf }) {
  const deaf = stages.filter(([, { consumes }]) => consumes.length === messages.length).map(([name]) => name);
  const nodes = stages.map(([name, { service }]) => `  ${id(name)}["${name}<br/><small>${service}</small>"]`);
  const arrows = messages.flatMap((message) => {
    const hearers = consumersOf(message.name).filter((name) => !deaf.includes(name));
    const sayers = emittersOf(message);
    return (sayers.length === 0 ? ['feed-watcher'] : sayers).flatMap((from) => hearers.map((to) => `  ${id(from)} -- ${message.name} --> ${id(to)}`));
  });
  const all = deaf.map((name) => `  everything(["every message"]) -.-> ${id(name)}`);
  return ['```mermaid', 'flowchart LR', '  feed_watcher["feed-watcher"]', ...nodes, ...arrows, ...all, '```'].join('\n');
}

const id = (name) => name.replaceAll('-', '_');
const names = (messages) => messages.map(({ name }) => code(name)).join(', ') || 'nothing';
const duration = (seconds) => (seconds < 60 ? `${seconds} s` : `${seconds / 60} min`);
