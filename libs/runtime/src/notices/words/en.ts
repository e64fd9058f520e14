const counted = (count: number): string => `${count} ${count === 1 ? 'record' : 'records'}`;

/** Every text of messages to people, in English. The other languages have the same keys, or do not compile. */
export const en = {
  began: {
    late: (where: string) => `${where} is past its freshness target`,
    down: (where: string) => `${where} cannot be reached`,
    'locked-out': (where: string) => `${where} refuses our login`,
    quarantined: (where: string) => `${where} is quarantined: its data is not what it was`,
    braked: (where: string) => `${where} is paused by its brake`,
    held: (where: string, count: number) => `${counted(count)} held for long: ${where}`,
    conflict: (where: string, count: number) => `${counted(count)} in conflict for long: ${where}`,
    unheard: (where: string) => `nothing is heard of the instance ${where}`,
  },
  cleared: {
    late: (where: string) => `${where} is fresh again`,
    down: (where: string) => `${where} can be reached again`,
    'locked-out': (where: string) => `${where} lets us in again`,
    quarantined: (where: string) => `${where} is no longer quarantined`,
    braked: (where: string) => `${where} goes on: its brake was released`,
    held: (where: string) => `nothing is held for long any more: ${where}`,
    conflict: (where: string) => `no conflict is open for long any more: ${where}`,
    unheard: (where: string) => `the instance ${where} is heard of again`,
  },
  helps: {
    late: 'See what waits, and whether both ends can be reached.',
    down: 'Nothing is lost, and what waits goes on by itself. See to its server and its line.',
    'locked-out': 'Mend the password, or unlock the account: nothing is tried before that, for a try would extend the lock.',
    quarantined: 'Somebody must look at it, and then: site accept.',
    braked: 'More was to be voided than the link lets pass. Look at it, and then: link release.',
    held: 'They are listed by cause, with what helps.',
    conflict: 'Somebody has to say which value is right.',
    unheard: 'What is shown of it may be another by now. Nothing is lost there. See to its machine and its line.',
  },
  test: 'a test: messages arrive here',
  link: (name: string) => `the link ${name}`,
  route: (from: string, to: string) => `from ${from} to ${to}`,
  since: (moment: string) => `Since ${moment}.`,
  over: (from: string, to: string) => `It lasted from ${from} to ${to}.`,
  once: 'You are told once, and once more when it is over.',
  instance: (name: string) => `Told by the Sync Hub ${name}.`,
};
