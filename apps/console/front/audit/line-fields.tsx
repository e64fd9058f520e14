import type { AuditLine, ChangedPlace } from '@sync-hub/contracts';
import { LinkHere } from '../link-here.js';
import { BodiesOfLine } from './bodies-dialog.js';
import { stepOfLine } from './step-of-line.js';
import { useAuditWords } from './use-audit-words.js';
import { useWalkSearch } from './walk-search.js';

const COLUMNS = [
  'recordedAt',
  'saidAt',
  'id',
  'origin',
  'type',
  'site',
  'link',
  'aggregate',
  'uuid',
  'outcome',
  'reason',
  'correlationId',
  'messageId',
] as const satisfies readonly (keyof AuditLine)[];

/** All that a line says, under the names that an export has; what its message says, under the message's own. */
export function LineFields({ line }: { readonly line: AuditLine }) {
  const { words, language } = useAuditWords();
  const patient = line.details['patient'];
  const { step, others } = stepOfLine(line);
  const trace = step.find(([name]) => name === 'trace')?.[1];
  const searchWalk = useWalkSearch();
  return (
    <div className="fields-of-line">
      <dl>
        {COLUMNS.map((column) => (
          <div key={column}>
            <dt>{words.fields[column]}</dt>
            <dd>{(line[column] === null && column === 'origin' ? words.here : line[column]) ?? '–'}</dd>
          </div>
        ))}
        {step.map(([name, value]) => (
          <div key={`step ${name}`}>
            <dt>{words.fields[name]}</dt>
            <dd>{typeof value === 'number' ? value.toLocaleString(language) : value}</dd>
          </div>
        ))}
        {others.map(([name, value]) => (
          <div key={`details ${name}`}>
            <dt>
              <code>{name}</code>
            </dt>
            <dd>
              {arePlaces(value) ? value.map((place) => <Place key={place.path} place={place} />) : typeof value === 'string' ? value : JSON.stringify(value)}
            </dd>
          </div>
        ))}
      </dl>
      <p>
        {line.uuid !== null && <Timeline uuid={line.uuid} aggregate={line.aggregate ?? ''} />}{' '}
        {typeof patient === 'string' && patient !== line.uuid && <Timeline uuid={patient} aggregate="patient" />}{' '}
        {typeof trace === 'string' && (
          <button type="button" className="cds--link" onClick={() => searchWalk(trace)}>
            {words.walk}
          </button>
        )}{' '}
        <BodiesOfLine line={line} />
      </p>
    </div>
  );
}

const isPlace = (one: unknown): boolean => typeof one === 'object' && one !== null && 'path' in one && 'from' in one && 'to' in one;
const arePlaces = (value: unknown): value is readonly ChangedPlace[] => Array.isArray(value) && value.length > 0 && value.every(isPlace);

/** A place of the configuration, what it said, and what it says. */
function Place({ place: { path, from, to } }: { readonly place: ChangedPlace }) {
  return (
    <div>
      <code>{path}</code>: {from ?? '–'} → {to ?? '–'}
    </div>
  );
}

function Timeline({ uuid, aggregate }: { readonly uuid: string; readonly aggregate: string }) {
  const { words, categoryName } = useAuditWords();
  return (
    <LinkHere to={`/records/${encodeURIComponent(uuid)}`}>
      {categoryName(aggregate)}: {words.timeline}
    </LinkHere>
  );
}
