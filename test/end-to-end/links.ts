const BOTH = { pull: true, push: true };

/** Siaya gets who lives there; every other clinic gets all. */
export const bySiayasAddress = (child: string) => (child === 'siaya' ? { catchment: { rule: 'address', field: 'countyDistrict', isOneOf: ['Siaya'] } } : {});

/** A link on which people and places travel both ways, and these classes. */
export const carrying =
  (...classes: readonly string[]) =>
  (child: string) => ({
    classes: Object.fromEntries(['location', 'person', 'patient', ...classes].map((name) => [name, BOTH])),
    ...bySiayasAddress(child),
  });
