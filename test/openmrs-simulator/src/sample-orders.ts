/** Types of order as core brings them (`OrderType.DRUG_ORDER_TYPE_UUID`, `TEST_ORDER_TYPE_UUID`): what a test seeds that has orders. */
export const ORDER_TYPES = [
  { uuid: '131168f4-15f5-102d-96e4-000c29c2a5d7', name: 'Drug order', description: 'Of a medicine', javaClassName: 'org.openmrs.DrugOrder' },
  { uuid: '52a447d3-a64a-11e3-9aeb-50e549534c5e', name: 'Test order', description: 'Of a test', javaClassName: 'org.openmrs.TestOrder' },
] as const;
