import type { DryRunTold, ManualRun, RunEstimate } from '@sync-hub/contracts';

/** What a dry run tells beside its counts: what a run that writes would send, ask about and take; nothing of a run that writes. */
export function toldLines({ told, along = [], categories, source, target }: ManualRun): readonly string[] {
  if (told === undefined) return [];
  const brought = along.map(({ as, records }) => `${records} ${as}`).join(', ');
  return [
    ...categories.flatMap((one) => (one.told === undefined ? [] : [`  ${one.category.padEnd(20)} ${toldText(one.told)}`])),
    `In all ${toldText(told)}.`,
    ...(brought === '' ? [] : [`Something of it would wait for records that were not asked for: ${brought}.`]),
    ...(told.about === null ? [] : [reckonedText(told.about, { source, target })]),
  ];
}

function toldText({ writes, conflicts, bytesToSend, source, target, about }: DryRunTold): string {
  const read = bytesText(source.bytes + target.bytes);
  return `${writes} to write (${bytesText(bytesToSend)}), ${conflicts} to ask about; ${read} read${about === null ? '' : `; about ${durationText(about.seconds)}`}`;
}

function reckonedText({ source, target, slowest }: RunEstimate, sites: { readonly source: string; readonly target: string }): string {
  const end = (name: string, one: RunEstimate['source']): string => `${one.requests} requests at ${name}, ${one.msPerRequest} ms each, ${one.atOnce} at once`;
  const pace = slowest === null ? 'a run takes 100 records a second at most' : `${sites[slowest]} sets the pace`;
  return `Reckoned from ${end(sites.source, source)}; ${end(sites.target, target)}: ${pace}.`;
}

/** Rounded as people say it. */
export function durationText(seconds: number): string {
  if (seconds < 90) return `${seconds} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} minutes` : `${(seconds / 3600).toFixed(1)} hours`;
}

export function bytesText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
