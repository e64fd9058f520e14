import type { StoppedPatient } from '@sync-hub/contracts';
import { useQuery } from '@tanstack/react-query';
import { LinkHere } from '../link-here.js';
import { Permitted } from '../may.js';
import { Said } from '../said.js';
import { listPatients, PATIENTS } from './patient-api.js';
import { usePatientWords } from './use-patient-words.js';

const LOOK_EVERY_MS = 10_000;

/** Patients who are stopped on one of these links, for whoever may learn that there are such. */
export function StoppedHere({ links }: { readonly links: readonly string[] }) {
  return (
    <Permitted to="find-records" quiet>
      <Here links={links} />
    </Permitted>
  );
}

const isOn = ({ link }: StoppedPatient, links: readonly string[]): boolean => link === null || links.includes(link);

function Here({ links }: { readonly links: readonly string[] }) {
  const { words, moment } = usePatientWords();
  const { data } = useQuery({ queryKey: PATIENTS, queryFn: listPatients, refetchInterval: LOOK_EVERY_MS });
  const here = data?.stopped.filter((one) => isOn(one, links)) ?? [];
  return here.map(({ patient, link, by, since, waiting }) => (
    <Said
      key={`${patient} ${link}`}
      kind="info"
      text={words.stoppedHere(patient, by, moment(since), waiting)}
      more={<LinkHere to="/patients">{words.title}</LinkHere>}
    />
  ));
}
