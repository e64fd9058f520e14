import type { Purpose } from './calls.js';
import type { Measured } from './hub-run.js';
import type { Results } from './throughput.js';

/** Where and when it was measured, a line each. */
export type Circumstances = readonly (readonly [what: string, is: string])[];

const TITLES = { standalone: 'standalone', services: 'separate services, RabbitMQ + PostgreSQL' } as const;
const PURPOSES: readonly Purpose[] = [
  ...(['look at the child', 'read before the write', 'write', 'read back', 'look at our own echo', 'other', 'feed', 'keeping'] as const),
];

/** Requests about records that a changed record takes: all but those of feeds and of keeping the connection. */
export function callsPerRecord({ purposes, records }: Pick<Measured, 'purposes' | 'records'>): number {
  const all = PURPOSES.filter((purpose) => purpose !== 'feed' && purpose !== 'keeping').reduce((sum, purpose) => sum + (purposes.get(purpose) ?? 0), 0);
  return all / records;
}

/** The numbers of one run, as a page shows them. */
export function report(results: Results, circumstances: Circumstances): string {
  return [
    ...circumstances.map(([what, is]) => `- ${what}: ${is}`),
    '',
    ...throughput(results),
    '',
    ...lags(results),
    '',
    ...calls(results),
    '',
    ...cost(results),
  ].join('\n');
}

const sync2Rate = ({ sync2 }: Results): number => sync2.records / sync2.seconds;
const bareRate = ({ bareLoops, records }: Results, inFlight: number): number =>
  records / (bareLoops.find(({ maxInFlight }) => maxInFlight === inFlight)?.seconds ?? Number.NaN);

function throughput(results: Results): string[] {
  const { records, sync2, bareLoops } = results;
  const oneByOne = sync2Rate(results);
  const line = (name: string, inFlight: number | string, seconds: number, most: string): string => {
    const rate = records / seconds;
    const ofBare = typeof inFlight === 'number' ? `${fixed(rate / bareRate(results, inFlight), 2)}` : '–';
    return row([name, String(inFlight), most, fixed(seconds, 1), fixed(rate, 1), ofBare, `${fixed(rate / oneByOne, 1)}`]);
  };
  const hubs = results.hubs.flatMap(({ shape, bursts }) =>
    bursts.map(({ maxInFlight, seconds, mostInFlight }) => line(TITLES[shape], maxInFlight, seconds, String(mostInFlight))),
  );
  return [
    `### ${records} changed records, child to parent, every answer after ${results.answerMs} ms`,
    '',
    row([
      '',
      'cap on requests in flight at a site',
      'most seen in flight at the parent',
      'seconds',
      'records/s',
      'times the bare loop',
      "times Sync 2.0's way",
    ]),
    rule(7),
    ...hubs,
    ...bareLoops.map(({ maxInFlight, seconds }) => line('bare loop of the same requests', maxInFlight, seconds, String(maxInFlight))),
    line("Sync 2.0's way, one at a time", '1', records / oneByOne, '1'),
    '',
    `Sync 2.0's way was re-enacted on ${sync2.records} records (${fixed(sync2.seconds, 1)} s, ${fixed(sync2.calls / sync2.records, 2)} requests a record) and extrapolated to ${records}.`,
  ];
}

function lags({ hubs }: Results): string[] {
  return [
    '### From a change to its arrival',
    '',
    row(['', 'changes', 'p50, ms', 'p95, ms', 'longest, ms']),
    rule(5),
    ...hubs.map(({ shape, lagsMs }) => {
      const sorted = [...lagsMs].sort((a, b) => a - b);
      return row([TITLES[shape], String(sorted.length), fixed(percentile(sorted, 0.5), 0), fixed(percentile(sorted, 0.95), 0), fixed(sorted.at(-1) ?? 0, 0)]);
    }),
  ];
}

function calls({ hubs, records }: Results): string[] {
  return [
    '### HTTP requests for a changed record',
    '',
    row(['', 'cap', 'about records, in all', ...PURPOSES]),
    rule(3 + PURPOSES.length),
    ...hubs.flatMap(({ shape, bursts }) =>
      bursts.map((burst) =>
        row([
          TITLES[shape],
          String(burst.maxInFlight),
          fixed(callsPerRecord(burst), 3),
          ...PURPOSES.map((purpose) => fixed((burst.purposes.get(purpose) ?? 0) / records, 3)),
        ]),
      ),
    ),
  ];
}

function cost({ hubs, bareLoops, records }: Results): string[] {
  const line = (name: string, cap: number, part: string, cpuMs: number, peakBytes: number): string =>
    row([name, String(cap), part, fixed(cpuMs / records, 2), fixed(peakBytes / 1024 / 1024, 0)]);
  return [
    '### CPU and memory',
    '',
    row(['', 'cap', 'part', 'CPU, ms a record', 'most memory, MiB']),
    rule(5),
    ...hubs.flatMap(({ shape, bursts }) =>
      bursts.flatMap(({ maxInFlight, used }) => {
        const parts = [...used].sort(([a], [b]) => (a < b ? -1 : 1));
        const own = parts.filter(([part]) => part !== 'simulated sites').map(([, one]) => one);
        const sum = (key: 'cpuMs' | 'peakBytes'): number => own.reduce((all, one) => all + one[key], 0);
        return [
          ...parts.map(([part, { cpuMs, peakBytes }]) => line(TITLES[shape], maxInFlight, part, cpuMs, peakBytes)),
          line(TITLES[shape], maxInFlight, '**the hub in all**', sum('cpuMs'), sum('peakBytes')),
        ];
      }),
    ),
    ...bareLoops.map(({ maxInFlight, cpuMs, peakBytes }) => line('bare loop', maxInFlight, 'its process', cpuMs, peakBytes)),
  ];
}

/** Of values in rising order; NaN of none. */
export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

const fixed = (value: number, digits: number): string => (Number.isFinite(value) ? value.toFixed(digits) : 'not measured');
const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const rule = (columns: number): string => `|${' --- |'.repeat(columns)}`;

const BEGIN = '<!-- measured by "npm run bench -- --write": begin -->';
const END = '<!-- measured by "npm run bench -- --write": end -->';

/** The page with these numbers between its two marks. @throws Error where it has no marks. */
export function withNumbers(page: string, numbers: string): string {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin === -1 || end < begin) throw new Error('the page has no marks to write the numbers between');
  return `${page.slice(0, begin + BEGIN.length)}\n\n${numbers}\n\n${page.slice(end)}`;
}
