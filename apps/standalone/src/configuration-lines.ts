import type { ConfigurationCheck, ConfigurationConsequence, ConfigurationProblem, ConfigurationSaved, ConfigurationVersion } from '@sync-hub/contracts';

/** `3  2026-11-30T08:00:00.000Z  Amina, console: seen for a week  links[kisumu].mode`. */
export function versionLine({ version, at, by, from, of, why, paths }: ConfigurationVersion): string {
  const origin = from === 'roll-back' ? `brings version ${of} back` : ORIGINS[from];
  const who = by === null ? origin : `${by}, ${origin}`;
  return `${String(version).padStart(5)}  ${at}  ${who}${why === null ? '' : `: ${why}`}${paths.length === 0 ? '' : `  ${paths.join(' ')}`}`;
}

const ORIGINS = {
  first: 'as it was found first',
  console: 'at the console',
  'command-line': 'at the command line',
  file: 'the file was changed by hand',
} as const;

const records = (count: number): string => `${count} ${count === 1 ? 'record' : 'records'}`;

const FOLLOWS: Readonly<Record<ConfigurationConsequence['code'], (at: string, count: number) => string>> = {
  'needs-restart': (at) => `${at} needs a restart: nothing of this is taken before every service was started again`,
  'link-out': (link, count) => `takes link ${link} out: what is open on it ends (${records(count)})`,
  'link-in': (link) => `link ${link} is new or back: both its ends are looked through`,
  'goes-live': (link, count) => `turns link ${link} live: it will write; ${records(count)} wait to be written`,
  'only-observes': (link) => `link ${link} is only observed: nothing more is written on it`,
  'read-only': (link) => `nothing more is written on link ${link}: the instance is read-only`,
  'looked-through': (link, count) => `what link ${link} admits is another: both its ends are looked through (${records(count)} agreed on)`,
  'leavers-retired': (link) => `patients who are no longer admitted on link ${link} are retired at the clinic`,
  'judged-anew': (link, count) => `what decides conflicts on link ${link} is another: ${count} open are judged anew`,
  'site-out': (site) => `site ${site} takes part no more`,
  'site-in': (site) => `site ${site} joins`,
  'new-login': (site) => `site ${site} is spoken to with another login or address, which is tried at once`,
};

/** What is wrong, or what would change and follow, and which lines differ. */
export function checkLines({ problems, changes, consequences, lines }: ConfigurationCheck): string[] {
  const differ = lines.flatMap((line) => (line.in === 'both' ? [] : [`  ${line.in === 'after' ? '+' : '-'} ${line.text}`]));
  return [
    ...problems.map(problemLine),
    ...(problems.length === 0 && changes.length === 0 ? ['It says the same as the file.'] : []),
    ...changes.map(
      ({ path, what, before, after }) => `${path} ${what}${what === 'changed' ? `: ${before ?? '(not shown)'} -> ${after ?? '(not shown)'}` : ''}`,
    ),
    ...consequences.map(({ code, at, count }) => `  ${FOLLOWS[code](at, count ?? 0)}`),
    ...(differ.length === 0 ? [] : ['', ...differ]),
  ];
}

function problemLine({ path, line, column, found, allowed, didYouMean }: ConfigurationProblem): string {
  const place = line === null ? '' : `${line}:${column} `;
  return `${place}${path}: found ${found}; allowed: ${allowed}${didYouMean === null ? '' : `; did you mean ${didYouMean}?`}`;
}

/** What became of it. */
export function savedLines(done: ConfigurationSaved, file: string): string[] {
  switch (done.kind) {
    case 'saved':
      return [`Version ${done.version} stands in ${file}; the hub takes it within ten seconds (status says if it does not).`];
    case 'same':
      return [`${file} says that already.`];
    case 'changed':
      return [`Somebody else has changed ${file} meanwhile: nothing was written. Look again.`];
    case 'cannot-save':
      return [`${file} cannot be written here (${done.reason}): nothing was changed. config show prints a version.`];
    case 'no-such-version':
      return ['There is no such version, or the keys do not open it; config history lists them.'];
    case 'invalid':
      return ['It is not valid any more, and nothing was written:', ...done.problems.map(problemLine)];
  }
}
