import { Button } from '@carbon/react';
import type { FollowedPatient } from '@sync-hub/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { Cell, Columns } from '../columns.js';
import { useAct } from '../may.js';
import { usePerson } from '../person.js';
import { Said } from '../said.js';
import { HerRecord } from './her-record.js';
import { PATIENTS, unfollowPatient } from './patient-api.js';
import { NotDone } from './stop-form.js';
import { usePatientWords } from './use-patient-words.js';

/** Who is followed, whose time is over soonest first. */
export function Followed({ followed }: { readonly followed: readonly FollowedPatient[] }) {
  const { words, moment } = usePatientWords();
  const person = usePerson();
  const client = useQueryClient();
  const ending = useAct('drive-work', {
    mutationFn: ({ one: { patient, link }, by }: { readonly one: FollowedPatient; readonly by: string }) => unfollowPatient({ patient, link }, by),
    onSettled: () => client.invalidateQueries({ queryKey: PATIENTS }),
  });
  const end = (one: FollowedPatient): void => {
    const by = person.demand();
    if (by !== null) ending.mutate({ one, by });
  };
  return (
    <>
      {ending.isSuccess && <Said kind="success" text={words.unfollowed} />}
      {ending.error !== null && <NotDone error={ending.error} />}
      {followed.length === 0 && <p className="soft">{words.noneFollowed}</p>}
      {followed.length > 0 && (
        <table className="cds--data-table rows">
          <Columns of={[words.patient, words.link, words.who, words.until, words.why, ...(ending.may ? [words.act] : [])]} />
          <tbody>
            {followed.map((one) => (
              <tr key={`${one.patient} ${one.link}`}>
                <Cell of={words.patient}>
                  <HerRecord patient={one.patient} />
                </Cell>
                <Cell of={words.link}>{one.link}</Cell>
                <Cell of={words.who}>{one.by}</Cell>
                <Cell of={words.until}>
                  <time dateTime={one.until}>{moment(one.until)}</time>
                </Cell>
                <Cell of={words.why}>{one.reason}</Cell>
                {ending.may && (
                  <Cell of={words.act}>
                    <Button kind="tertiary" size="sm" aria-label={`${words.unfollow} (${one.patient}, ${one.link})`} onClick={() => end(one)}>
                      {words.unfollow}
                    </Button>
                  </Cell>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
