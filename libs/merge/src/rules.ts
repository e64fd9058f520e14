/**
 * What a kind of record asks of its merge beside field by field. The merge carries it out knowing nothing of what the fields mean:
 * the kind says it, as data.
 */
export type MergeRule =
  /** `field` holds the key of one item of `list`: at neither end may it name an item that is not there. */
  | { readonly rule: 'chosen'; readonly field: string; readonly list: string }
  /**
   * Facts that stand once they are said. One is said by any of its fields that holds something, `false` aside. No end's is taken
   * back because the other end took it back: that is asked.
   */
  | { readonly rule: 'stands'; readonly facts: readonly (readonly string[])[] }
  /** Its fields are one statement: what both ends changed is never put together out of both. */
  | { readonly rule: 'whole' }
  /**
   * What a task of the server wrote into `field` (`Version.byTask`) gives way to what a person wrote at the other end; of two that
   * tasks wrote, the child's stands. Nor does a task's alone keep a record that somebody voids.
   */
  | { readonly rule: 'person-before-task'; readonly field: string };
