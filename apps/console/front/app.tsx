import { lazy, Suspense, useState } from 'react';
import { AuditPage } from './audit/audit-page.js';
import { BoardPage } from './board/board-page.js';
import { CategoryPage } from './board/category-page.js';
import { LinkPage } from './board/link-page.js';
import { SitePage } from './board/site-page.js';
import { ConflictPage } from './conflict/conflict-page.js';
import { Frame } from './frame.js';
import { useKeys } from './keys.js';
import { KeysHelp } from './keys-help.js';
import { useSpeech } from './language/speaking.js';
import { ListPage } from './list/list-page.js';
import { NotArrivedPage } from './mine/own-page.js';
import { GroupPage } from './parked/group-page.js';
import { HeldPage } from './parked/held-page.js';
import { ParkedPage } from './parked/parked-page.js';
import { AccountsPage } from './people/accounts-page.js';
import { OwnPage } from './people/own-page.js';
import { type Shows, shownAt, usePlace } from './place.js';
import { RecordPage } from './records/record-page.js';
import { SearchPage } from './records/search-page.js';
import { ReportPage } from './report/report-page.js';
import { BulkPage } from './rules/bulk-page.js';
import { RulesPage } from './rules/rules-page.js';
import { RunPage } from './runs/run-page.js';
import { RunsPage } from './runs/runs-page.js';

/** For administrators alone, and so no part of what everybody waits for. */
const EditorPage = lazy(async () => ({ default: (await import('./configuration/editor-page.js')).EditorPage }));
const VersionPage = lazy(async () => ({ default: (await import('./configuration/version-page.js')).VersionPage }));

/** The workbench: the list, a conflict of it, or a page beside it. */
export function App() {
  const { pathname } = usePlace();
  const { t } = useSpeech();
  const [areKeysShown, showKeys] = useState(false);
  useKeys({ '?': () => showKeys(true) });
  return (
    <Frame>
      <Suspense fallback={<p>{t.loading}</p>}>
        <Page shows={shownAt(pathname)} />
      </Suspense>
      <button type="button" className="cds--link keys" onClick={() => showKeys(true)}>
        {t.keys} (?)
      </button>
      {areKeysShown && <KeysHelp close={() => showKeys(false)} />}
    </Frame>
  );
}

function Page({ shows }: { readonly shows: Shows }) {
  switch (shows.page) {
    case 'board':
      return <BoardPage />;
    case 'board-site':
      return <SitePage key={shows.id} site={shows.id} />;
    case 'board-link':
      return <LinkPage key={shows.id} link={shows.id} />;
    case 'board-category':
      return <CategoryPage key={shows.id} category={shows.id} />;
    case 'list':
      return <ListPage />;
    case 'rules':
      return <RulesPage />;
    case 'bulk':
      return <BulkPage />;
    case 'report':
      return <ReportPage />;
    case 'runs':
      return <RunsPage />;
    case 'run':
      return <RunPage key={shows.id} id={shows.id} />;
    case 'configuration':
      return <EditorPage />;
    case 'configuration-version':
      return <VersionPage key={shows.id} version={shows.id} />;
    case 'audit':
      return <AuditPage />;
    case 'not-arrived':
      return <NotArrivedPage site={null} />;
    case 'not-arrived-of':
      return <NotArrivedPage site={shows.id} />;
    case 'accounts':
      return <AccountsPage />;
    case 'account':
      return <OwnPage />;
    case 'parked':
      return <ParkedPage />;
    case 'parked-group':
      return <GroupPage key={shows.id} id={shows.id} />;
    case 'records':
      return <SearchPage />;
    case 'record':
      return <RecordPage key={shows.id} uuid={shows.id} />;
    case 'held':
      return <HeldPage key={shows.id} id={shows.id} />;
    case 'conflict':
      return <ConflictPage key={shows.id} id={shows.id} />;
  }
}
