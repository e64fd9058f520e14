import type { Profile } from './profile.js';

interface Parts {
  readonly status: number;
  /** What webservices.rest puts before the bracketed message. */
  readonly reason?: string;
  readonly thrownAt?: string;
  readonly fieldErrors?: Readonly<Record<string, string>>;
  readonly globalErrors?: readonly string[];
}

/** An exception as webservices.rest would answer it. Its texts are OpenMRS' own: they can hold patient data. */
export class RestError extends Error {
  constructor(
    message: string,
    readonly parts: Parts,
  ) {
    super(message);
  }
}

const REST = 'org.openmrs.module.webservices.rest.web';

/** 400: a key, a value or a body that cannot be converted. */
export const conversion = (message: string): RestError => new RestError(message, { status: 400, thrownAt: `${REST}.resource.impl.BaseDelegatingResource:797` });
/** 400: `ResourceDoesNotSupportOperationException`. */
export const notSupported = (message: string | null = null): RestError =>
  new RestError(String(message), {
    status: 400,
    reason: 'The Resource Does not Support the Requested Operation',
    thrownAt: `${REST}.resource.impl.BaseDelegatingResource:345`,
  });
export const notFound = (): RestError =>
  new RestError('null', { status: 404, reason: "Object with given uuid doesn't exist", thrownAt: `${REST}.resource.impl.DelegatingCrudResource:57` });
export const wrongParent = (asked: string, parent: string): RestError =>
  new RestError(`${asked} does not match ${parent}`, {
    status: 404,
    reason: "Subresource with given uuid doesn't match the uuid of the main resource",
    thrownAt: `${REST}.resource.impl.DelegatingSubResource:130`,
  });
export const unknownResource = (name: string): RestError =>
  new RestError(`Unknown resource: v1/${name}`, { status: 404, reason: 'Unknown resource', thrownAt: `${REST}.api.impl.RestServiceImpl:347` });
export const methodNotAllowed = (method: string): RestError =>
  new RestError(`Request method '${method}' not supported`, {
    status: 405,
    thrownAt: 'org.springframework.web.servlet.mvc.method.annotation.RequestMappingInfoHandlerMapping:213',
  });
/** 500: whatever nobody caught, database constraints included. */
export const serverError = (message: string, thrownAt = 'org.hibernate.exception.internal.SQLStateConversionDelegate:97'): RestError =>
  new RestError(message, { status: 500, thrownAt });
/** 401 without a login, 403 with one. */
export const missingPrivilege = (privilege: string, loggedIn: boolean): RestError =>
  new RestError(`Privileges required: ${privilege}`, {
    status: loggedIn ? 403 : 401,
    thrownAt: 'org.openmrs.aop.AuthorizationAdvice:139',
    reason: loggedIn ? "User is logged in but doesn't have the relevant privilege" : 'User is not logged in',
  });

/** Fields and codes of `messages.properties` of openmrs-core; a code that is none of them is its own message. */
const MESSAGES: Readonly<Record<string, string>> = {
  'error.name': 'Invalid name',
  'error.null': 'Cannot be empty or null',
  'error.date.future': 'Cannot be a date in the future',
  'error.date.nonsensical': 'Nonsensical date, please check.',
  'error.deathdate.before.birthdate': 'Death date must be after birth date',
  'error.preferredIdentifier': 'Select a preferred identifier',
  'error.exceededMaxLengthOfField': 'The specified value is too long',
  'location.duplicate.name': 'Specified Location name already exists, please specify another',
  'Location.parentLocation.error': "Can't set parent to a child! As this would create a loop in the hierarchy.",
  'Patient.names.required.given.family': 'You must define the Given Name',
  'Person.gender.required': 'Please select a gender',
  'Person.shouldHaveAtleastOneNonVoidedName': 'Person must have at least one non-deleted name',
  'Person.dead.causeOfDeathAndCauseOfDeathNonCodedNull': 'Cause of Death or Cause of Death (non coded) is required for people marked as deceased.',
  'Person.dead.causeOfDeathNull': 'Cause of Death is required for people marked as deceased.',
  'Person.dead.shouldHaveOnlyOneCauseOfDeathOrCauseOfDeathNonCodedSet': 'Either cause of death or cause of death non coded should be set. Not both.',
};

/** What a validator of openmrs-core gathered. */
export class Validation {
  readonly #fields: Record<string, string> = {};
  readonly #globals: string[] = [];

  reject(code: string, field?: string): void {
    if (field === undefined) this.#globals.push(code);
    else this.#fields[field] ??= code;
  }

  get clean(): boolean {
    return this.#globals.length === 0 && Object.keys(this.#fields).length === 0;
  }

  /** 400 `Invalid Submission` if anything was rejected. */
  done(): void {
    if (!this.clean) throw new RestError('Invalid Submission', { status: 400, fieldErrors: this.#fields, globalErrors: this.#globals });
  }
}

const asError = (code: string): Record<string, string> => ({ code, message: MESSAGES[code] ?? code });

/** All that a validator gathered, as `ValidateUtil.validate` of openmrs-core says it. */
export function inOneLine({ parts }: RestError): string {
  const told = (code: string): string => MESSAGES[code] ?? code;
  const fields = Object.entries(parts.fieldErrors ?? {}).map(([field, code]) => `${field}: ${told(code)}`);
  return `failed to validate with reason: ${[...new Set([...(parts.globalErrors ?? []).map(told), ...fields])].join(', ')}`;
}

/** The body of `RestUtil.wrapErrorResponse` or `wrapValidationErrorResponse`. */
export function errorBody(error: RestError, profile: Profile): Record<string, unknown> {
  const { reason, thrownAt = '', fieldErrors, globalErrors } = error.parts;
  if (fieldErrors !== undefined) {
    return {
      error: {
        message: error.message,
        code: 'webservices.rest.error.invalid.submission',
        globalErrors: (globalErrors ?? []).map(asError),
        fieldErrors: Object.fromEntries(Object.entries(fieldErrors).map(([field, code]) => [field, [asError(code)]])),
      },
    };
  }
  const [first = '', ...causes] = error.message.split(' => ');
  const told = profile.stackTraces ? first : error.message;
  const message = reason === undefined ? `[${told}]` : `${reason} [${told}]`;
  const raw = error.message === 'null' ? null : told;
  if (!profile.stackTraces) return { error: { message, code: thrownAt, detail: '', rawMessage: raw, translatedMessage: raw } };
  const frame = `\n\tat ${thrownAt.replace(':', '.java:')}`;
  const detail = [`${thrownAt.split(':')[0]}: ${told}`, ...causes.map((cause) => `Caused by: ${cause}`)].map((line) => line + frame).join('\n');
  return { error: { message, code: thrownAt, detail } };
}
