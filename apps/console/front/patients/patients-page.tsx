import type { PatientList } from '@sync-hub/contracts';
import { useQuery } from '@tanstack/react-query';
import { Ago } from '../ago.js';
import { Cell, Columns } from '../columns.js';
import { Permitted } from '../may.js';
import { Trouble } from '../said.js';
import { Erasing } from './erasing.js';
import { FollowForm } from './follow-form.js';
import { Followed } from './followed.js';
import { HerRecord } from './her-record.js';
import { listPatients, PATIENTS } from './patient-api.js';
import { StopForm } from './stop-form.js';
import { Stopped } from './stopped.js';
import { usePatientWords } from './use-patient-words.js';

const LOOK_EVERY_MS = 5000;

/** Who is stopped, who is followed, and who has left a catchment; here people stop one, and let one go on. */
export function PatientsPage() {
  const { t, words } = usePatientWords();
  const { data, error } = useQuery({ queryKey: PATIENTS, queryFn: listPatients, refetchInterval: LOOK_EVERY_MS });
  return (
    <>
      <h1>{words.title}</h1>
      <p className="help">{words.help}</p>
      {error !== null && <Trouble error={error} />}
      {data === undefined && error === null && <p>{t.loading}</p>}
      {data !== undefined && (
        <>
          <h2>{words.stopped}</h2>
          <Stopped stopped={data.stopped} />
          <Erasing stopped={data.stopped} />
          <Permitted to="drive-work">
            <StopForm links={data.links} />
          </Permitted>
          <h2>{words.followed}</h2>
          <Followed followed={data.followed} />
          <Permitted to="drive-work" quiet>
            <FollowForm links={data.links} />
          </Permitted>
          <h2>{words.departed}</h2>
          <Departed departed={data.departed} />
        </>
      )}
    </>
  );
}

function Departed({ departed }: Pick<PatientList, 'departed'>) {
  const { words } = usePatientWords();
  if (departed.length === 0) return <p className="soft">{words.noneDeparted}</p>;
  return (
    <table className="cds--data-table rows">
      <Columns of={[words.patient, words.link, words.state, words.since]} />
      <tbody>
        {departed.map(({ patient, link, state, waitsFor, since }) => (
          <tr key={`${patient} ${link}`}>
            <Cell of={words.patient}>
              <HerRecord patient={patient} />
            </Cell>
            <Cell of={words.link}>{link}</Cell>
            <Cell of={words.state}>
              {words.states[state] ?? state} {waitsFor !== null && words.waitsFor(waitsFor)}
            </Cell>
            <Cell of={words.since}>
              <Ago at={since} />
            </Cell>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
