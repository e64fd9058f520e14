import { Button } from '@carbon/react';
import type { FollowedPatient } from '@sync-hub/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { Columns } from '../columns.js';
import { LinkHere } from '../link-here.js';
import { useAct } from '../may.js';
import { usePerson } from '../person.js';
import { Said } from '../said.js';
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
                <td data-column={words.patient}>
                  <div>
                    <LinkHere to={`/records/${one.patient}`}>
                      <code>{one.patient}</code>
                    </LinkHere>
                  </div>
                </td>
                <td data-column={words.link}>
                  <div>{one.link}</div>
                </td>
                <td data-column={words.who}>
                  <div>{one.by}</div>
                </td>
                <td data-column={words.until}>
                  <div>
                    <time dateTime={one.until}>{moment(one.until)}</time>
                  </div>
                </td>
                <td data-column={words.why}>
                  <div>{one.reason}</div>
                </td>
                {ending.may && (
                  <td data-column={words.act}>
                    <div>
                      <Button kind="tertiary" size="sm" aria-label={`${words.unfollow} (${one.patient}, ${one.link})`} onClick={() => end(one)}>
                        {words.unfollow}
                      </Button>
                    </div>
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
