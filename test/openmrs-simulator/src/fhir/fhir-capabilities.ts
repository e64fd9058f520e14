import type { FhirReading } from './fhir-call.js';
import type { Json } from './fhir-json.js';
import type { FhirResource } from './fhir-resource.js';

/** The CapabilityStatement that HAPI makes of the providers it has; open to everybody. Only what says what can be done is modelled. */
export function capabilities({ base, engine }: Pick<FhirReading, 'base' | 'engine'>, resources: Iterable<FhirResource>): Json {
  const resource = [...resources].map((line) => ({
    type: line.type,
    interaction: ['read', 'search-type', ...(line.create ? ['create'] : []), ...(line.update ? ['update'] : []), ...(line.remove ? ['delete'] : [])].map(
      (code) => ({ code }),
    ),
    searchParam: ['_id', '_lastUpdated', ...Object.keys(line.parameters)].map((name) => ({ name })),
  }));
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date: new Date(engine.now()).toISOString(),
    publisher: 'Not provided',
    kind: 'instance',
    software: { name: 'HAPI FHIR Server' },
    implementation: { description: 'HAPI FHIR', url: base },
    fhirVersion: '4.0.1',
    format: ['application/fhir+xml', 'xml', 'application/fhir+json', 'json'],
    rest: [{ mode: 'server', resource }],
  };
}
