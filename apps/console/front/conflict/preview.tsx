import { Button, TextArea } from '@carbon/react';
import type { ConflictPreview } from '@sync-hub/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { addNote, Refused } from '../desk.js';
import { useSpeech } from '../language/speaking.js';
import { Permitted, useAct } from '../may.js';
import { usePerson } from '../person.js';
import { Said, Trouble } from '../said.js';
import type { Work } from './use-work.js';
import { Value } from './value.js';

export const PREVIEW = 'preview';

/** What would be written where, a note, and the button that has it written. */
export function Preview({ work }: { readonly work: Work }) {
  const { t } = useSpeech();
  const { preview, canAnswer, isSending, draft, refused } = work;
  const isStale = refused instanceof Refused && (refused.status === 409 || refused.status === 400);
  return (
    <aside className="preview" aria-labelledby={PREVIEW}>
      <h2 id={PREVIEW} tabIndex={-1}>
        {t.preview}
      </h2>
      <div aria-live="polite">{preview === null ? <p className="soft">{t.previewEmpty}</p> : <Writes preview={preview} work={work} />}</div>
      <Permitted to="answer-conflicts">
        <TextArea
          id="answer-note"
          labelText={t.note}
          helperText={t.noteHelp}
          rows={2}
          maxLength={2000}
          value={draft.note}
          onChange={({ target }) => work.setNote(target.value)}
        />
        <KeepNote work={work} />
        {draft.problems.size > 0 && <Said kind="error" text={t.notTaken} />}
        {refused !== null && !isStale && <Trouble error={refused} />}
        <Button disabled={!canAnswer || isSending} onClick={work.answer}>
          {t.answer} <kbd>Ctrl+Enter</kbd>
        </Button>
      </Permitted>
    </aside>
  );
}

/** Keeps what was written without an answer, so that the next person has it. */
function KeepNote({ work }: { readonly work: Work }) {
  const { t } = useSpeech();
  const person = usePerson();
  const client = useQueryClient();
  const { id } = work.detail.conflict;
  const { note } = work.draft;
  const keeping = useAct('answer-conflicts', {
    mutationFn: (by: string) => addNote(id, note, by),
    onSuccess: () => work.setNote(''),
    onSettled: () => client.invalidateQueries({ queryKey: ['conflict', id] }),
  });
  if (note.trim() === '') return null;
  const keep = (): void => {
    const by = person.demand();
    if (by !== null) keeping.mutate(by);
  };
  return (
    <>
      <Button kind="ghost" size="sm" disabled={keeping.isPending} onClick={keep}>
        {t.addNote}
      </Button>
      {keeping.error !== null && <Trouble error={keeping.error} />}
    </>
  );
}

function Writes({ preview, work }: { readonly preview: ConflictPreview; readonly work: Work }) {
  const { t, fieldName } = useSpeech();
  const { conflict, titles, fields } = work.detail;
  const titleOf = (site: string): string => (site === conflict.parent ? titles.parent : site === conflict.child ? titles.child : site);
  if (preview.open.length > 0) return <p>{t.stillOpen(preview.open.length)}</p>;
  if (preview.writes.length === 0) return <p>{t.previewNothing}</p>;
  const untouched = [conflict.parent, conflict.child].filter((site) => !preview.writes.some((one) => one.site === site));
  return (
    <>
      {preview.writes.map(({ site, fields: written }) => (
        <section key={site}>
          <h3>{t.writtenAt(titleOf(site))}</h3>
          <dl>
            {written.map(({ path, from, to }) => {
              const field = fields.find((one) => one.path === path);
              const kind = field?.kind ?? 'text';
              return (
                <div key={path}>
                  <dt>
                    {fieldName(field?.field ?? path.replace(/\[.*$/s, ''))} {field?.item}
                  </dt>
                  <dd>
                    <del>
                      <Value side={from} kind={kind} />
                    </del>{' '}
                    →{' '}
                    <ins>
                      <Value side={to} kind={kind} />
                    </ins>
                  </dd>
                </div>
              );
            })}
          </dl>
        </section>
      ))}
      {untouched.map((site) => (
        <p key={site} className="soft">
          {t.notWrittenAt(titleOf(site))}
        </p>
      ))}
    </>
  );
}
