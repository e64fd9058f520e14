import type { ConfigurationCheck, ConfigurationEdit, ConfigurationOutline, ConfigurationState } from '@sync-hub/contracts';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useAct } from '../may.js';
import { usePerson } from '../person.js';
import { checkConfiguration, editConfiguration, readConfiguration, STATE, saveConfiguration, VERSIONS } from './configuration-api.js';

const LOOK_OFTEN_MS = 2000;
const LOOK_SELDOM_MS = 10_000;
const PAUSE_MS = 400;

/** What somebody began from, and what they have made of it; kept while they look at other pages. */
interface Draft {
  readonly base: string;
  readonly from: string;
  readonly text: string;
}

let kept: Draft | null = null;

export interface Editor {
  readonly state: ConfigurationState | undefined;
  readonly error: unknown;
  readonly text: string;
  readonly isChanged: boolean;
  /** The file is no longer what one began from. */
  readonly isOvertaken: boolean;
  readonly write: (text: string) => void;
  readonly edit: (edits: readonly ConfigurationEdit[]) => void;
  readonly editError: unknown;
  /** Goes on with one's own text, from the file as it is now. */
  readonly keepMine: () => void;
  readonly takeTheirs: () => void;
  readonly check: ConfigurationCheck | undefined;
  /** What the text said when it was last valid. */
  readonly outline: ConfigurationOutline | null;
  readonly checkError: unknown;
  /** Is what is told by `check` told of the text as it stands? */
  readonly isChecked: boolean;
  readonly save: (why: string) => void;
  readonly saving: { readonly isPending: boolean; readonly error: unknown; readonly version: number | null };
}

/** The text of the configuration as somebody changes it. */
export function useEditor(): Editor {
  const state = useQuery({
    queryKey: STATE,
    queryFn: readConfiguration,
    refetchInterval: ({ state: { data } }) => (data?.isInForce === false ? LOOK_OFTEN_MS : LOOK_SELDOM_MS),
  });
  const [draft, setDraft] = useState(kept);
  const begin = (next: Draft | null): void => {
    kept = next;
    setDraft(next);
  };
  const isChanged = draft !== null && draft.text !== draft.from;
  const follow = (found: ConfigurationState, text = found.text ?? ''): void => begin({ base: found.base, from: found.text ?? '', text });
  useEffect(() => {
    if (state.data !== undefined && !isChanged && draft?.base !== state.data.base) follow(state.data);
  });
  useWarning(isChanged);
  const { text = '', base } = draft ?? {};
  const checked = useCheck(text, base, isChanged);
  const { saving, save } = useSaving(draft, begin);
  const editing = useAct('configure', {
    mutationFn: (edits: readonly ConfigurationEdit[]) => editConfiguration(text, edits),
    onSuccess: (edited) => draft !== null && begin({ ...draft, text: edited }),
  });
  return {
    state: state.data,
    error: state.error,
    text,
    isChanged,
    isOvertaken: isChanged && state.data !== undefined && state.data.base !== base,
    write: (written) => draft !== null && begin({ ...draft, text: written }),
    edit: editing.mutate,
    editError: editing.error,
    keepMine: () => state.data !== undefined && follow(state.data, text),
    takeTheirs: () => state.data !== undefined && follow(state.data),
    ...checked,
    save,
    saving,
  };
}

function useCheck(text: string, base: string | undefined, isChanged: boolean): Pick<Editor, 'check' | 'outline' | 'checkError' | 'isChecked'> {
  const [settled, settle] = useState(text);
  const [outline, setOutline] = useState<ConfigurationOutline | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => settle(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  const { data, error, isPlaceholderData, isFetching } = useQuery({
    queryKey: ['configuration-check', base, settled],
    queryFn: () => checkConfiguration(settled),
    enabled: base !== undefined && settled !== '',
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
  const isChecked = isChanged && settled === text && data !== undefined && !isPlaceholderData && !isFetching;
  const found = data?.outline ?? null;
  useEffect(() => {
    if (found !== null) setOutline(found);
  }, [found]);
  return { check: data, outline: found ?? outline, checkError: error, isChecked };
}

function useSaving(draft: Draft | null, begin: (next: Draft | null) => void): Pick<Editor, 'saving' | 'save'> {
  const client = useQueryClient();
  const person = usePerson();
  const mutation = useAct('configure', {
    mutationFn: saveConfiguration,
    onSuccess: async () => {
      const found = await client.fetchQuery({ queryKey: STATE, queryFn: readConfiguration });
      begin({ base: found.base, from: found.text ?? '', text: found.text ?? '' });
    },
    onSettled: () => Promise.all([client.invalidateQueries({ queryKey: STATE }), client.invalidateQueries({ queryKey: VERSIONS })]),
  });
  const save = (why: string): void => {
    const by = person.demand();
    if (by !== null && draft !== null) mutation.mutate({ text: draft.text, base: draft.base, why, by });
  };
  const { data, isPending, error } = mutation;
  return { save, saving: { isPending, error, version: data?.kind === 'saved' ? data.version : null } };
}

/** A browser asks before it closes a page with what nobody has saved. */
function useWarning(isChanged: boolean): void {
  useEffect(() => {
    if (!isChanged) return undefined;
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
    addEventListener('beforeunload', warn);
    return () => removeEventListener('beforeunload', warn);
  }, [isChanged]);
}
