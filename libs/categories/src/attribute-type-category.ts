import type { Body } from './category-spec.js';
import type { Category } from './define-category.js';
import { metadataCategory } from './metadata-category.js';
import type { Platform } from './platform.js';
import { number, text } from './scalars.js';

interface AttributeTypeSpec {
  readonly name: 'visitattributetype' | 'locationattributetype' | 'providerattributetype' | 'programattributetype';
  readonly title: string;
  readonly openmrsClass: string;
  readonly unsupported?: (platform: Platform) => string | null;
}

/**
 * What can be said of a visit, a place, a provider or an enrolment beside its own fields, and of which datatype. `datatypeClassname` and
 * `preferredHandlerClassname` are Java classes that the target must have: without them it is refused (openmrs-core 1.9 to 2.8
 * BaseAttributeTypeValidator). One that becomes required (`minOccurs`) keeps what lacks it from being saved. Keys: webservices.rest 2.12 to 3.4
 * BaseAttributeTypeCrudResource1_9.
 */
export const attributeTypeCategory = (own: AttributeTypeSpec): Category =>
  metadataCategory({
    ...own,
    scalars: {
      name: text,
      description: text,
      minOccurs: number,
      maxOccurs: number,
      datatypeClassname: text,
      datatypeConfig: text,
      preferredHandlerClassname: text,
      handlerConfig: text,
    },
    telltale: 'name',
    requires: ['name', 'datatypeClassname'],
    unfold: withoutLocalConcept,
  });

/**
 * A datatype whose values are concepts may be configured with the database's own number of one (ProgramAttributeTypeResource2_2.getConcept reads
 * it so; Bahmni does), which is another concept at each server: it stays where it is.
 */
function withoutLocalConcept(body: Body): Body {
  const { datatypeClassname, datatypeConfig, ...rest } = body;
  const isLocal = /ConceptDatatype$/.test(String(datatypeClassname)) && /^\s*\d+\s*$/.test(String(datatypeConfig));
  return isLocal ? { ...rest, datatypeClassname } : body;
}
