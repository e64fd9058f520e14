import { type Answer, answer } from '../http.js';
import { inOneLine, RestError } from '../rest-error.js';
import type { Json } from './fhir-json.js';

export const FHIR_JSON = 'application/fhir+json;charset=UTF-8';

/** An exception as HAPI's `ExceptionHandlingInterceptor` would answer it. Its texts can hold patient data, and are like HAPI's, not HAPI's own. */
export class FhirError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** 400: `InvalidRequestException`, or what HAPI's parser cannot read. */
export const invalid = (message: string): FhirError => new FhirError(400, message);
/** 404: `BaseFhirService.resourceNotFound`. */
export const unknown = (type: string, id: string): FhirError => new FhirError(404, `Resource of type ${type} with ID ${id} is not known`);
/** 410: `BaseFhirService.get` of a voided or retired record. */
export const gone = (type: string, id: string): FhirError => new FhirError(410, `Resource of type ${type} with ID ${id} is gone/deleted`);
/** 422: what core's validators or the module itself refuse. */
export const unprocessable = (message: string): FhirError => new FhirError(422, message);
/** 500: what nobody caught in the method that was called (`BaseMethodBinding.invokeServerMethod`). */
export const failed = (exception: string): FhirError => new FhirError(500, `Failed to call access method: ${exception}`);
/** 500: nobody turns core's `APIAuthenticationException` into anything better. */
export const notAuthorized = (privileges: readonly string[]): FhirError =>
  failed(`org.openmrs.api.APIAuthenticationException: Privileges required: ${privileges.join(', ')}`);
/** 500: a reference of a wrong type, or something that translators do not look out for. */
export const illegal = (message: string): FhirError => failed(`java.lang.IllegalArgumentException: ${message}`);
export const nullPointer = (): FhirError => failed('java.lang.NullPointerException');

export const narrative = (text: string): Json => ({
  status: 'generated',
  div: `<div xmlns="http://www.w3.org/1999/xhtml">${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</div>`,
});

const outcome = (issue: Json): Json => ({ resourceType: 'OperationOutcome', text: narrative('Operation Outcome'), issue: [issue] });

export const errorAnswer = (error: FhirError): Answer =>
  answer(error.status, FHIR_JSON, JSON.stringify(outcome({ severity: 'error', code: 'processing', diagnostics: error.message })));

const DELETED = { system: 'http://terminology.hl7.org/CodeSystem/operation-outcome', code: 'MSG_DELETED', display: 'This resource has been deleted' };
/** What a DELETE answers (`FhirProviderUtils.buildDeleteR4`). */
export const deletedOutcome = (): Json => outcome({ severity: 'information', code: 'informational', details: { coding: [DELETED], text: DELETED.display } });

/** What core's rules said, as the modules say it: what a validator refused is 422 (`BaseFhirService.validateObject`), anything else 500. */
export function asFhirError(error: unknown): FhirError {
  if (error instanceof FhirError) return error;
  if (error instanceof RestError && error.parts.fieldErrors !== undefined) return unprocessable(inOneLine(error));
  return failed(error instanceof Error ? `java.lang.RuntimeException: ${error.message}` : 'java.lang.RuntimeException');
}
