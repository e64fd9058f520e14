import type { LinkConfiguration } from '@sync-hub/configuration';
import type { Alike, FoundPair, Likeness, PairedLink, PairRefusal } from '@sync-hub/runtime';

type Ends = Pick<LinkConfiguration, 'id' | 'parent' | 'child'>;

interface Shown {
  /** Are names asked for? */
  readonly names: boolean;
  /** The file in which the whole is, where it is in one. */
  readonly out: string | undefined;
}

const WHAT: readonly (readonly [keyof Likeness, string])[] = [
  ['name', 'name'],
  ['birthdate', 'birth date'],
  ['gender', 'gender'],
];

/** What speaks for one person and what for two, in words. */
export function whatSpeaks({ likeness, isAmbiguous, identifierTypes }: Pick<FoundPair, 'likeness' | 'isAmbiguous' | 'identifierTypes'>): {
  readonly speaksFor: readonly string[];
  readonly speaksAgainst: readonly string[];
} {
  const said = (alike: Alike, word: string): readonly string[] => WHAT.filter(([key]) => likeness[key] === alike).map(([, what]) => `${word} ${what}`);
  return {
    speaksFor: [
      `${identifierTypes.length} ${identifierTypes.length === 1 ? 'identifier' : 'kinds of identifiers'} in common`,
      ...said('same', 'same'),
      ...said('similar', 'similar'),
    ],
    speaksAgainst: [...said('other', 'another'), ...(isAmbiguous ? ['an identifier that several have'] : [])],
  };
}

/** The report for the terminal: counts, what was asked for and what not, and, unless they are in a file, the pairs. */
export function pairingLines({ id, parent, child }: Ends, found: PairedLink, { names, out }: Shown): readonly string[] {
  const { pairs, heldAtBoth, only, underOneUuid, covered, unread } = found;
  const notRead = Object.entries(unread).map(([code, count]) => `${count} (${code})`);
  return [
    `Under one uuid at ${parent} and ${child}: ${found.agreed} persons agreed on, ${underOneUuid.length} patients met and not agreed on yet. Paired by a person: ${found.accepted.length}.`,
    `At ${child} alone: ${only.child.length}. At ${parent} alone, of those that ${child} is to hold: ${only.parent.length}.`,
    pairs.length === 0
      ? 'Nobody has an identifier in common with somebody of another uuid at the other end.'
      : `Perhaps one person under two uuids: ${pairs.length}.`,
    ...(out === undefined ? pairs.flatMap((pair) => pairLines(pair, { id, parent, child }, names)) : []),
    ...heldAtBoth.map(
      ({ side, uuid, other }) =>
        `  ${uuid} at ${side === 'parent' ? parent : child} has an identifier of ${other}, whom both ends hold: one of the two servers must mend that`,
    ),
    ...coveredLines({ parent, child }, covered),
    ...(found.unknown === 0 ? [] : [`Of the list that was given, ${found.unknown} are at neither end.`]),
    ...(notRead.length === 0 ? [] : [`Not read: ${notRead.join(', ')}.`]),
    ...(out === undefined ? [] : [`${out} has a line for each${names ? ', with names: keep it as you keep a patient file' : ''}.`]),
  ];
}

function pairLines(pair: FoundPair, { id, parent, child }: Ends, names: boolean): readonly string[] {
  const { speaksFor, speaksAgainst } = whatSpeaks(pair);
  return [
    `  ${pair.parent} at ${parent}, ${pair.child} at ${child} (identifiers of type ${pair.identifierTypes.join(', ')})`,
    ...(names ? [`    ${pair.names.parent} / ${pair.names.child}`] : []),
    `    for: ${speaksFor.join(', ')}; against: ${speaksAgainst.length === 0 ? 'nothing' : speaksAgainst.join(', ')}`,
    `    if they are one: pairing accept ${id} ${pair.parent} ${pair.child}`,
  ];
}

function coveredLines({ parent, child }: Omit<Ends, 'id'>, { toldByChild, listedAtChild, membersAtParent, given }: PairedLink['covered']): readonly string[] {
  const list = listedAtChild === null ? 'it has no fhir2 that lists its patients' : `${listedAtChild} that its fhir2 lists`;
  return [
    `Asked for: of ${child} ${toldByChild} that the hub has been told of, and ${list}; of ${parent} ${membersAtParent} that the hub knows ${child} is to hold; ${given} of a list that was given.`,
    ...(listedAtChild === null ? [`Whoever ${child} has not told of since its feed began is not in it, unless you give a list of them (--from FILE).`] : []),
    'Who has no identifier in common is not found, however alike they are.',
  ];
}

/** The columns of the file. */
export const PAIRING_HEADER = (names: boolean): string =>
  [
    'what',
    'parent_uuid',
    'child_uuid',
    'identifier_types',
    'name',
    'birthdate',
    'gender',
    'ambiguous',
    ...(names ? ['name_at_parent', 'name_at_child'] : []),
  ].join(',');

/** A line of the file for each patient that is not agreed on. */
export function pairingRows({ pairs, heldAtBoth, only, underOneUuid }: PairedLink, names: boolean): readonly string[] {
  const row = (what: string, parent: string, child: string, ...more: readonly string[]): string =>
    [what, parent, child, ...more, ...Array.from({ length: (names ? 7 : 5) - more.length }, () => '')].map(cell).join(',');
  return [
    ...pairs.map((pair) => {
      const { name, birthdate, gender } = pair.likeness;
      const called = names ? [pair.names.parent, pair.names.child] : [];
      return row('pair', pair.parent, pair.child, pair.identifierTypes.join(' '), name, birthdate, gender, pair.isAmbiguous ? 'yes' : 'no', ...called);
    }),
    ...heldAtBoth.map(({ side, uuid, other }) => (side === 'parent' ? row('has-identifier-of', uuid, other) : row('has-identifier-of', other, uuid))),
    ...underOneUuid.map((uuid) => row('one-uuid', uuid, uuid)),
    ...only.child.map((uuid) => row('child-only', '', uuid)),
    ...only.parent.map((uuid) => row('parent-only', uuid, '')),
  ];
}

/** A spreadsheet takes what begins so for a formula. */
const isFormula = (text: string): boolean => /^[=+\-@\t\r]/.test(text);

function cell(text: string): string {
  const safe = isFormula(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Why two patients were not made one, or not parted, in words. */
export function refusalText(refusal: PairRefusal, { id, parent, child }: Ends, what: 'accept' | 'undo'): string {
  switch (refusal.why) {
    case 'one-uuid':
      return 'both are one uuid: there is nothing to pair.';
    case 'busy':
      return 'one of the two is being looked at or written to all the time: try again later, with the hub running.';
    case 'already':
      return 'the two are one already.';
    case 'paired-otherwise':
      return `one of the two goes by another uuid at a site already: undo that pair first, or pair with the uuid that ${parent} knows.`;
    case 'not-accepted':
      return `nobody has accepted these two as one on ${id}.`;
    case 'agreed':
      return what === 'accept'
        ? `one of the two is already agreed on as itself (${refusal.where.join(', ')}): merge the two patients at the server that holds both.`
        : `the two have been merged already (${refusal.where.join(', ')}): each server holds what the other had. Mend that there, by hand.`;
    case 'open-elsewhere':
      return `one of the two is under way or asked about on ${refusal.where.join(', ')}: settle that first.`;
    case 'not-there':
      return `${refusal.side === 'parent' ? parent : child} has no patient ${refusal.uuid}; the uuid at ${parent} comes first.`;
    case 'held-at-both':
      return `${refusal.side === 'parent' ? parent : child} holds ${refusal.uuid} as well: merge the two patients there.`;
  }
}
