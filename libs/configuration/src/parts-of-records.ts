import type { RecordCategory } from '@sync-hub/categories';

/** What is switched on by the class of the record that it is a part, or a kind, of. */
export interface PartOfRecord {
  /** The classes by which it travels; none for what is no record. */
  readonly by: readonly RecordCategory[];
  /** In words, for people: what it is here. */
  readonly is: string;
}

/** Switches of Sync 2.0, and names that people look for, that are no class of their own. */
export const PARTS_OF_RECORDS: Readonly<Record<string, PartOfRecord>> = {
  person_name: { by: ['person', 'patient'], is: 'part of its person or patient' },
  person_address: { by: ['person', 'patient'], is: 'part of its person or patient' },
  person_attribute: { by: ['person', 'patient'], is: 'part of its person or patient' },
  patient_identifier: { by: ['patient'], is: 'part of its patient' },
  drug_order: { by: ['order'], is: 'a kind of order' },
  test_order: { by: ['order'], is: 'a kind of order' },
  immunization: { by: ['encounter', 'observation'], is: 'a group of obs, in its encounter or in none' },
  audit_message: { by: [], is: 'no record: every instance keeps the audit of its links, and ships it where it is told to' },
};

/** What to write in place of a name that is no class of its own. */
export const insteadOf = ({ by }: PartOfRecord): string =>
  by.length === 0 ? 'instance.reportsTo, where it is to be shipped to another instance' : `${by.join(' or ')}, by which it travels`;
