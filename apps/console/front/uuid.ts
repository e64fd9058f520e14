/** A uuid as OpenMRS takes it: no more than 38 characters, and not always a real one. */
export const UUID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,37}$/;

/** So long is what servers make themselves: nobody's identifier is. */
export const isWholeUuid = (text: string): boolean => /^[A-Za-z0-9-]{36,38}$/.test(text);
