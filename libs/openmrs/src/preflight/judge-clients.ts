import type { Client } from '@sync-hub/categories';
import { type Finding, ok, type PreflightFacts, type SiteNeeds, warning } from './preflight.js';

/** What the clients by which records are to be written can do there. Where one can do nothing REST does all of it, and nothing is lost. */
export const judgeClients = ({ modules }: Pick<PreflightFacts, 'modules'>, { clients }: Pick<SiteNeeds, 'clients'>): readonly Finding[] =>
  clients.flatMap((client) => judgeClient(client, modules) ?? []);

function judgeClient(client: Client, modules: PreflightFacts['modules']): Finding | null {
  const check = `client ${client}`;
  if (client === 'rest') return null;
  if (client === 'fhir-stu3')
    return warning(check, 'writes nothing: each of its requests changes something that it does not say (docs/adr/0084)', 'nothing: REST writes all of it');
  if (modules === null) return warning(check, 'it is not told whether the module fhir2 is there', 'nothing: REST writes all of it until it is');
  const { fhir2 } = modules;
  return fhir2 === undefined
    ? warning(check, 'the module fhir2 is not there, so that REST writes all of it', 'install fhir2, or say client: rest')
    : ok(check, `fhir2 ${fhir2} writes what it can say without loss, REST the rest`);
}
