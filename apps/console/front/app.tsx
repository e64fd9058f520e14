import { lazy, type ReactNode, Suspense, useState } from 'react';
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
import { PatientsPage } from './patients/patients-page.js';
import { AccountsPage } from './people/accounts-page.js';
import { OwnPage } from './people/own-page.js';
import { type PageOfOne, type PlainPage, type Shows, shownAt, usePlace } from './place.js';
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

const PAGES: Readonly<Record<PlainPage, () => ReactNode>> = {
  board: () => <BoardPage />,
  list: () => <ListPage />,
  rules: () => <RulesPage />,
  bulk: () => <BulkPage />,
  report: () => <ReportPage />,
  parked: () => <ParkedPage />,
  records: () => <SearchPage />,
  runs: () => <RunsPage />,
  patients: () => <PatientsPage />,
  configuration: () => <EditorPage />,
  audit: () => <AuditPage />,
  'not-arrived': () => <NotArrivedPage site={null} />,
  accounts: () => <AccountsPage />,
  account: () => <OwnPage />,
};

const PAGES_OF: Readonly<Record<PageOfOne, (id: string) => ReactNode>> = {
  'board-site': (id) => <SitePage key={id} site={id} />,
  'board-link': (id) => <LinkPage key={id} link={id} />,
  'board-category': (id) => <CategoryPage key={id} category={id} />,
  conflict: (id) => <ConflictPage key={id} id={id} />,
  'parked-group': (id) => <GroupPage key={id} id={id} />,
  held: (id) => <HeldPage key={id} id={id} />,
  record: (id) => <RecordPage key={id} uuid={id} />,
  run: (id) => <RunPage key={id} id={id} />,
  'not-arrived-of': (id) => <NotArrivedPage site={id} />,
  'configuration-version': (id) => <VersionPage key={id} version={id} />,
};

const Page = ({ shows }: { readonly shows: Shows }) => ('id' in shows ? PAGES_OF[shows.page](shows.id) : PAGES[shows.page]());
