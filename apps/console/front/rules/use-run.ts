import type { BulkRun } from '@sync-hub/contracts';
import { useQuery } from '@tanstack/react-query';
import { findRun } from '../desk.js';

const LOOK_EVERY_MS = 300;

/** A plan or its carrying out as it is now, looked at until it ends; `null` while none is named, or it is not known yet. */
export function useRun(id: string | null): { readonly run: BulkRun | null; readonly error: unknown } {
  const { data, error } = useQuery({
    queryKey: ['run', id],
    queryFn: () => findRun(id ?? ''),
    enabled: id !== null,
    refetchInterval: ({ state }) => (state.error === null && (state.data === undefined || state.data.state === 'running') ? LOOK_EVERY_MS : false),
    gcTime: 0,
  });
  return { run: id === null ? null : (data ?? null), error: id === null ? null : error };
}
