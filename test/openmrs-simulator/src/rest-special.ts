import type { Account } from './accounts.js';
import { serveAppointments } from './appointments.js';
import { type Answer, answer, jsonAnswer } from './http.js';
import { localDate, localTime } from './java-time.js';
import { datatypeOf } from './obs-values.js';
import { AUDIT_PRIVILEGE } from './operations.js';
import { methodNotAllowed, notFound, RestError, serverError } from './rest-error.js';
import type { RestCall } from './rest-http.js';

/** `/session`: open without a login. */
export function serveSession(call: RestCall): Answer {
  const { request, session } = call;
  if (request.method === 'DELETE') {
    session.account = null;
    return answer(204, 'application/json;charset=UTF-8', '');
  }
  if (request.method !== 'GET' && request.method !== 'POST') throw methodNotAllowed(request.method);
  const { account } = session;
  const facts = { authenticated: account !== null, locale: 'en', allowedLocales: ['en'] };
  if (!account) return jsonAnswer(200, facts);
  const isSystemDeveloper = call.accounts.isSystemDeveloper(account);
  const user = {
    uuid: account.uuid,
    display: account.username,
    username: account.username,
    systemId: account.username,
    userProperties: {},
    person: null,
    privileges: isSystemDeveloper ? [] : privilegesOf(call, account).map((name) => ({ uuid: name, display: name, name })),
    roles: isSystemDeveloper ? [{ uuid: '8d94f852-c2cc-11de-8d13-0010c6dffd0f', display: 'System Developer', name: 'System Developer' }] : [],
    links: [],
  };
  return jsonAnswer(200, { ...facts, user, sessionLocation: null, currentProvider: null });
}

/** What is asked for by no resource. */
const ASKED_BESIDE = [AUDIT_PRIVILEGE, 'View Administration Functions'];

/** Of all that the resources ask for, and of its own. */
function privilegesOf({ engine, accounts }: RestCall, account: Account): readonly string[] {
  if (account.privileges !== 'all') return [...account.privileges].filter((name) => !accounts.isRevoked(name));
  const all = [...engine.resources.values()].flatMap(({ privileges }) => Object.values(privileges).flatMap((name) => name ?? []));
  return [...new Set([...all, ...ASKED_BESIDE])].filter((name) => accounts.may(account, name)).map(accounts.called);
}

/** `/obs/{u}/value`: the bytes of a complex obs. Where only a reference is stored nothing can be read. */
export function serveComplexValue({ request, engine, need }: RestCall, uuid: string): Answer {
  if (request.method !== 'GET') throw methodNotAllowed(request.method);
  need('Get Observations');
  const obs = engine.database.find('obs', uuid);
  if (obs && datatypeOf(obs, engine) !== 'Complex') throw new RestError('It is not a complex obs, thus have no data.', { status: 400 });
  const data = obs?.values['complexData'];
  if (typeof data !== 'string') throw serverError('null', 'java.lang.NullPointerException:0');
  return answer(200, 'application/octet-stream', Buffer.from(data, 'base64'), { 'content-disposition': `attachment; filename=${uuid}.raw` });
}

function systemInformation({ engine }: RestCall): Record<string, unknown> {
  return {
    systemInfo: {
      'SystemInfo.title.openmrsInformation': {
        'SystemInfo.OpenMRSInstallation.systemDate': localDate(engine.now(), engine.zone),
        'SystemInfo.OpenMRSInstallation.systemTime': localTime(engine.now(), engine.zone),
        'SystemInfo.OpenMRSInstallation.openmrsVersion': `${engine.profile.platform}  Build 0`,
        'SystemInfo.hostname': 'simulator',
      },
      'SystemInfo.title.javaRuntimeEnvironmentInformation': {
        'SystemInfo.JavaRuntimeEnv.systemTimezone': engine.zone,
        'SystemInfo.JavaRuntimeEnv.fileSystemEncoding': 'UTF-8',
      },
    },
  };
}

function modules({ engine, reading }: RestCall): Record<string, unknown>[] {
  return Object.entries(engine.profile.modules).map(([uuid, { name, version }]) => ({
    uuid,
    display: name,
    name,
    description: name,
    packageName: `org.openmrs.module.${uuid}`,
    author: 'OpenMRS',
    version,
    started: true,
    startupErrorMessage: null,
    requireOpenmrsVersion: '1.11.6',
    awareOfModules: [],
    requiredModules: [],
    links: [{ rel: 'self', uri: `${reading.base}/module/${uuid}` }],
    resourceVersion: '1.8',
  }));
}

/** Resources that are no rows: `module` and `systeminformation`. Null for any other name. */
export function serveSpecial(call: RestCall, name: string, uuid: string | undefined): Answer | null {
  const appointments = serveAppointments(call, name, uuid);
  if (appointments !== null) return appointments;
  if (name !== 'module' && name !== 'systeminformation') return null;
  if (call.request.method !== 'GET') throw methodNotAllowed(call.request.method);
  call.need(name === 'module' ? null : 'View Administration Functions');
  if (name === 'systeminformation') return jsonAnswer(200, systemInformation(call));
  if (uuid === undefined) return jsonAnswer(200, { results: modules(call) });
  const found = modules(call).find((module) => module['uuid'] === uuid);
  if (!found) throw notFound();
  return jsonAnswer(200, found);
}
