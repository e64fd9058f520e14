import { metadataCategory } from './metadata-category.js';
import { reference, text } from './scalars.js';
import { uuidList } from './uuid-list.js';

/**
 * What kind of order it is, of which Java class, and for concepts of which classes. Before platform 1.10 it is a name and a description, and that
 * may not be blank (openmrs-core 1.9 OrderTypeValidator). Since then no two have one name, retired ones included; none is among its own
 * descendants; and a concept class is of one type alone (OrderTypeValidator): one that moves is refused at first where its new type arrives before its
 * old one, and taken later. A create names the Java class, which the target must have (webservices.rest 3.4 OrderTypeResource1_10). No
 * change of one is dated before platform 1.10 (openmrs-core 1.9 OrderType.hbm.xml).
 */
export const orderType = metadataCategory({
  name: 'ordertype',
  title: 'Order type',
  openmrsClass: 'org.openmrs.OrderType',
  scalars: { name: text, description: text, javaClassName: text, parent: reference('ordertype', null) },
  onlyWhere: { javaClassName: ({ hasOrderEntry }) => hasOrderEntry, parent: ({ hasOrderEntry }) => hasOrderEntry },
  lists: [uuidList('conceptClasses', { owner: 'ordertype', of: 'conceptclass', onlyWhere: ({ hasOrderEntry }) => hasOrderEntry })],
  telltale: 'name',
  requires: ['name', 'javaClassName'],
});
