import type { BoardInstance, ToldHealth } from '@sync-hub/contracts';
import { AgoOr } from '../ago.js';
import { Cell, Columns } from '../columns.js';
import { Said } from '../said.js';
import { clockAheadMs, inOrder, isMissed, isPast, needsLook, timeThere } from './instance-told.js';
import { BacklogTold, ClockTold, FreshnessTold, HeldTold, SiteStateTold } from './tags.js';
import { useBoardWords } from './use-board-words.js';

interface InstancesProps {
  readonly instances: readonly BoardInstance[];
  readonly now: Date;
}

/** How the instances do that report here, each as it told last: those first that somebody is to look at. */
export function Instances({ instances, now }: InstancesProps) {
  const { words } = useBoardWords();
  if (instances.length === 0) return null;
  return (
    <>
      <h2>
        {words.instances} <span className="count">{words.needLook(instances.filter(needsLook).length, instances.length)}</span>
      </h2>
      <table className="cds--data-table rows board">
        <Columns of={[words.direction, words.freshness, words.backlog, words.lastGood, words.needs]} />
        {inOrder(instances).map((instance) => (
          <Instance key={instance.origin} instance={instance} now={now} />
        ))}
      </table>
    </>
  );
}

function Instance({ instance, now }: { readonly instance: BoardInstance; readonly now: Date }) {
  const { health, origin } = instance;
  const there = timeThere(instance, now);
  const wasThen = isPast(instance, now);
  return (
    <tbody className={wasThen ? 'past' : undefined}>
      <tr className="group">
        <th colSpan={5} scope="rowgroup">
          <Heading instance={instance} now={now} />
          {health !== null && <Sites health={health} now={there} wasThen={wasThen} />}
        </th>
      </tr>
      {health?.links.flatMap(({ link, routes }) =>
        routes.map((route) => (
          <Row
            key={`${link} ${route.direction}`}
            route={route}
            health={health}
            origin={origin}
            now={there}
            wasThen={isPast(instance, now, route.freshWithinSeconds)}
          />
        )),
      )}
    </tbody>
  );
}

/** Which instance, of which version, when it was heard of, and what of it is not known now. */
function Heading({ instance, now }: { readonly instance: BoardInstance; readonly now: Date }) {
  const { words, ago, moment } = useBoardWords();
  const { origin, health, heardAt } = instance;
  const ahead = clockAheadMs(instance);
  return (
    <>
      <span className="field-name">{origin}</span>{' '}
      <span className="soft">
        {health !== null && `${words.version(health.version)}, `}
        {heardAt === null ? (
          words.neverHeard
        ) : (
          <time dateTime={heardAt} title={moment(heardAt)}>
            {words.heard(ago(heardAt, now))}
          </time>
        )}
        {Math.abs(ahead) >= CLOCK_OFF_MS && (
          <>
            , {words.clock}: <ClockTold site={{ clockSkewMs: ahead }} />
          </>
        )}
      </span>
      <NotKnown instance={instance} now={now} />
      {health !== null && <NotTold notTold={health.notTold} />}
    </>
  );
}

/** So far off its clock makes what it tells of hard to read. */
const CLOCK_OFF_MS = 60_000;

/** In a plain sentence, why nobody knows how it does now. */
function NotKnown({ instance, now }: { readonly instance: BoardInstance; readonly now: Date }) {
  const { words, moment } = useBoardWords();
  const { origin, heardAt, health, healthHeardAt, isUnheard } = instance;
  const toldAt = moment(healthHeardAt ?? heardAt ?? '');
  if (heardAt === null) return <Said kind="info" text={words.nothingTold(origin)} />;
  if (isUnheard) return <Said kind="warning" text={words.unheard(origin, moment(heardAt))} />;
  if (health === null) return <Said kind="info" text={words.noHealth(origin)} />;
  if (isMissed(instance)) return <Said kind="warning" text={words.outdated(origin, toldAt)} />;
  return isPast(instance, now) ? <Said kind="info" text={words.silent(origin, toldAt)} /> : null;
}

function NotTold({ notTold: { links, sites } }: Pick<ToldHealth, 'notTold'>) {
  const { words } = useBoardWords();
  return links + sites === 0 ? null : <div className="soft">{words.notTold(links, sites)}</div>;
}

interface ThenProps {
  readonly health: ToldHealth;
  /** What time it is there. */
  readonly now: Date;
  /** So it was when it was heard: nobody knows how it is now. */
  readonly wasThen: boolean;
}

function Sites({ health: { sites }, now, wasThen }: ThenProps) {
  return (
    <ul className="told">
      {sites.map((site) => (
        <li key={site.site}>
          {site.title} <SiteStateTold site={site} now={now} isPast={wasThen} />
          {site.code !== null && <span className="soft"> ({site.code})</span>}
        </li>
      ))}
    </ul>
  );
}

type Route = ToldHealth['links'][number]['routes'][number];

function Row({ route, health, origin, now, wasThen }: ThenProps & { readonly route: Route; readonly origin: string }) {
  const { words, clock } = useBoardWords();
  const titleOf = (id: string): string => health.sites.find(({ site }) => site === id)?.title ?? id;
  const braked = health.links.find(({ link }) => link === route.link)?.braked ?? null;
  return (
    <tr>
      <Cell of={words.direction}>
        {titleOf(route.source)} → {titleOf(route.target)}
        <div className="soft">
          {route.link}, {route.direction}
        </div>
      </Cell>
      <Cell of={words.freshness}>
        <FreshnessTold route={route} now={now} isPast={wasThen} />
      </Cell>
      <Cell of={words.backlog}>
        <BacklogTold route={route} now={now} isPast={wasThen} />
        {braked !== null && <div className="soft">{words.brakedFor(braked.voids, braked.category, clock(braked.since, now))}</div>}
      </Cell>
      <Cell of={words.lastGood}>
        <AgoOr at={route.lastGoodAt} now={now} never={words.never} />
      </Cell>
      <Cell of={words.needs}>
        <HeldTold held={route.held} link={route.link} origin={origin} />
      </Cell>
    </tr>
  );
}
