import type { ConflictDetail, ConflictPreview, ConflictState } from '@sync-hub/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { findConflict, previewAnswer, Refused, sendAnswer } from '../desk.js';
import { useAct, useMay } from '../may.js';
import { usePerson } from '../person.js';
import { isToBeAnswered } from '../words-of-conflict.js';
import { asAnswered, type Chosen, choose, takeAll } from './choices.js';
import { type Draft, EMPTY_DRAFT, lookedAgain } from './draft.js';

const LOOK_EVERY_MS = 5000;
/** While an answer is on its way. */
const WATCH_EVERY_MS = 400;
const TYPING_PAUSE_MS = 250;

/** All that is shown of a conflict, and what can be done about it. */
export interface Work {
  readonly detail: ConflictDetail;
  readonly draft: Draft;
  /** Nobody has answered it, and it is not closed; or it is being answered otherwise. */
  readonly isToAnswer: boolean;
  /** Is it on its way, and may be answered otherwise? */
  readonly canTurn: boolean;
  readonly canAnswer: boolean;
  /** What would be written; `null` while nothing is chosen, or it is being asked. */
  readonly preview: ConflictPreview | null;
  readonly isSending: boolean;
  readonly refused: unknown;
  readonly choose: (path: string, chosen: Chosen | null) => void;
  readonly takeAll: (end: 'parent' | 'child') => void;
  readonly setNote: (note: string) => void;
  readonly answer: () => void;
  /** Begins to answer otherwise what is on its way. */
  readonly turn: () => void;
  /** The field of which a rule is being made. */
  readonly ruleOf: string | null;
  readonly askForRule: (path: string | null) => void;
}

/** One conflict as it is now, looked at again and again; `null` until it is there. */
export function useWork(id: string): { readonly work: Work | null; readonly error: unknown } {
  const [draft, setDraft] = useState(EMPTY_DRAFT);
  const [ruleOf, askForRule] = useState<string | null>(null);
  const { data, error } = useQuery({
    queryKey: ['conflict', id],
    queryFn: () => findConflict(id),
    refetchInterval: (query) => (query.state.data?.conflict.state === 'answered' ? WATCH_EVERY_MS : LOOK_EVERY_MS),
  });
  if (data !== undefined && data !== draft.looked) setDraft(lookedAgain(draft, data, performance.now()));
  const detail = draft.looked ?? data;
  const person = usePerson();
  const preview = usePreview(id, detail, draft);
  const sending = useSending(id, detail, draft, setDraft);
  if (detail === undefined) return { work: null, error };
  const { state } = detail.conflict;
  const isToAnswer = isBeingAnswered(state, draft);
  const canAnswer = isToAnswer && preview !== null && preview.open.length === 0 && !sending.isPending;
  const work: Work = {
    detail,
    draft,
    preview,
    isToAnswer,
    canTurn: state === 'answered' && detail.takesAnother === true && !draft.isOtherwise,
    canAnswer,
    isSending: sending.isPending,
    refused: sending.error,
    choose: (path, chosen) =>
      setDraft((now) => ({ ...now, choices: choose(now.choices, path, chosen), problems: new Map([...now.problems].filter(([one]) => one !== path)) })),
    takeAll: (end) => setDraft((now) => ({ ...now, choices: takeAll(now.choices, detail.fields, end) })),
    setNote: (note) => setDraft((now) => ({ ...now, note })),
    answer: () => {
      const by = canAnswer ? person.demand() : null;
      if (by !== null) sending.mutate(by);
    },
    turn: () => setDraft((now) => ({ ...now, isOtherwise: true })),
    ruleOf,
    askForRule,
  };
  return { work, error };
}

const isBeingAnswered = (state: ConflictState, { isOtherwise }: Draft): boolean => isToBeAnswered(state) || (state === 'answered' && isOtherwise);

/** Asked of the desk once nobody has chosen or typed anything for a moment. */
function usePreview(id: string, detail: ConflictDetail | undefined, draft: Draft): ConflictPreview | null {
  const chosen = detail === undefined || !isBeingAnswered(detail.conflict.state, draft) ? null : asAnswered(detail.fields, draft.choices);
  const wanted = chosen === null || chosen.length === 0 ? null : JSON.stringify({ version: detail?.conflict.version, choices: chosen });
  const [asked, setAsked] = useState(wanted);
  const may = useMay()('see-records');
  useEffect(() => {
    const timer = setTimeout(() => setAsked(wanted), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [wanted]);
  const { data } = useQuery({
    queryKey: ['preview', id, asked],
    queryFn: () => previewAnswer(id, JSON.parse(asked ?? '')),
    enabled: may && asked !== null && asked === wanted,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  return asked === wanted && wanted !== null ? (data ?? null) : null;
}

function useSending(
  id: string,
  detail: ConflictDetail | undefined,
  { choices, note, isOtherwise }: Draft,
  setDraft: (change: (draft: Draft) => Draft) => void,
) {
  const client = useQueryClient();
  return useAct('answer-conflicts', {
    mutationFn: async (by: string) => {
      const chosen = detail === undefined ? null : asAnswered(detail.fields, choices);
      if (detail === undefined || chosen === null) return;
      setDraft((draft) => ({ ...draft, sentAt: performance.now(), problems: new Map(), news: new Set() }));
      const said = note.trim() === '' ? {} : { note };
      await sendAnswer(id, { version: detail.conflict.version, choices: chosen, unlessAnswered: !isOtherwise, ...said }, by).catch((error: unknown) => {
        setDraft((draft) => ({
          ...draft,
          sentAt: null,
          problems: problemsIn(
            error,
            chosen.map(({ path }) => path),
          ),
        }));
        throw error;
      });
      setDraft((draft) => ({ ...draft, note: '', isOtherwise: false }));
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['conflict', id] }),
  });
}

/** By path of the record; the door of the console names a choice by its number. */
function problemsIn(error: unknown, paths: readonly string[]): ReadonlyMap<string, string> {
  const problems = error instanceof Refused ? (error.said.problems ?? []) : [];
  return new Map(
    problems.flatMap((one) => ('problem' in one ? [[paths[Number(/^choices\.(\d+)/.exec(one.path)?.[1] ?? -1)] ?? one.path, one.problem] as const] : [])),
  );
}
