import { Button, Select, SelectItem } from '@carbon/react';
import type { OwnSite } from '@sync-hub/contracts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { goTo } from '../place.js';
import { Said, Trouble } from '../said.js';
import { CompletenessTable } from './completeness-table.js';
import { GroupTold } from './group-told.js';
import { listOwn, ownSites } from './own-api.js';
import { useOwnWords } from './use-own-words.js';

const LOOK_EVERY_MS = 10_000;
const MOST = 50;
const REMEMBERED = 'sync-hub-own-site';

/** What of a site has not arrived at the other end, by why, and what helps; and how complete both ends are. */
export function NotArrivedPage({ site }: { readonly site: string | null }) {
  const { t, words } = useOwnWords();
  const { data: sites, error } = useQuery({ queryKey: ['own-sites'], queryFn: ownSites });
  const shown = sites?.find((one) => one.site === (site ?? localStorage.getItem(REMEMBERED))) ?? (site === null ? sites?.[0] : undefined);
  return (
    <>
      <h1>{words.title}</h1>
      <p className="help">{words.help}</p>
      {error !== null && <Trouble error={error} />}
      {sites === undefined && error === null && <p>{t.loading}</p>}
      {sites !== undefined && (sites.length === 0 || (shown === undefined && site !== null)) && <Said kind="warning" text={words.noSite} />}
      {sites !== undefined && sites.length > 0 && <Choice sites={sites} chosen={shown?.site ?? ''} />}
      {shown !== undefined && <OfSite key={shown.site} site={shown} />}
    </>
  );
}

function Choice({ sites, chosen }: { readonly sites: readonly OwnSite[]; readonly chosen: string }) {
  const { words } = useOwnWords();
  const choose = (site: string): void => {
    localStorage.setItem(REMEMBERED, site);
    goTo(`/not-arrived/${site}`, { replace: true });
  };
  return (
    <div className="bulk not-printed">
      <Select id="own-site" size="sm" labelText={words.site} value={chosen} onChange={({ target }) => choose(target.value)}>
        {chosen === '' && <SelectItem value="" text="" />}
        {sites.map(({ site, title }) => (
          <SelectItem key={site} value={site} text={title} />
        ))}
      </Select>
      <Button kind="ghost" size="sm" onClick={() => print()}>
        {words.print}
      </Button>
    </div>
  );
}

function OfSite({ site: { site, title, hasPatientPage } }: { readonly site: OwnSite }) {
  const { t, words, moment } = useOwnWords();
  const { data, error } = useQuery({
    queryKey: ['own', site],
    queryFn: () => listOwn(site, MOST),
    refetchInterval: LOOK_EVERY_MS,
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <section aria-labelledby="not-arrived">
        <h2 id="not-arrived">
          {words.ofSite(title)} {data !== undefined && <span className="count">{words.records(data.all)}</span>}
        </h2>
        {error !== null && <Trouble error={error} />}
        {data === undefined && error === null && <p>{t.loading}</p>}
        {data !== undefined && !hasPatientPage && data.all > 0 && <Said kind="info" text={words.noPatientPage(site)} />}
        {data?.all === 0 && <p className="empty">{words.none}</p>}
        {data?.groups.map((group) => (
          <GroupTold key={group.id} group={group} site={site} />
        ))}
        {data !== undefined && <p className="soft">{words.asOf(moment(data.takenAt))}</p>}
      </section>
      <CompletenessTable site={site} />
    </>
  );
}
