import { Button, TextInput } from '@carbon/react';
import type { ReactNode } from 'react';
import { BOARD_WORDS } from './board/words/index.js';
import { LanguageSelect } from './language/language-select.js';
import { useSpeech } from './language/speaking.js';
import { LinkHere } from './link-here.js';
import { Permitted } from './may.js';
import { PATIENT_WORDS } from './patients/words/index.js';
import { type Session, useSignOut } from './people/door.js';
import { useSession } from './people/here.js';
import { NAME_INPUT, usePerson } from './person.js';
import { shownAt, usePlace } from './place.js';

/** What stands around every page: where one is, who one is, and which language is spoken. */
export function Frame({ children }: { readonly children: ReactNode }) {
  const { t, language } = useSpeech();
  const session = useSession();
  const { page } = shownAt(usePlace().pathname);
  return (
    <>
      <header className="frame">
        <nav>
          <LinkHere to="/board" className="cds--link brand">
            Sync Hub
          </LinkHere>
          <LinkHere to="/board" isCurrent={page === 'board'}>
            {BOARD_WORDS[language].title}
          </LinkHere>
          <LinkHere to="/conflicts" isCurrent={page === 'list'}>
            {t.title}
          </LinkHere>
          <LinkHere to="/conflicts/rules" isCurrent={page === 'rules'}>
            {t.pageRules}
          </LinkHere>
          <LinkHere to="/conflicts/report" isCurrent={page === 'report'}>
            {t.pageReport}
          </LinkHere>
          <LinkHere to="/parked" isCurrent={page === 'parked'}>
            {t.pageParked}
          </LinkHere>
          <Permitted to="find-records" quiet>
            <LinkHere to="/records" isCurrent={page === 'records'}>
              {t.pageRecords}
            </LinkHere>
          </Permitted>
          <Permitted to="find-records" quiet>
            <LinkHere to="/patients" isCurrent={page === 'patients'}>
              {PATIENT_WORDS[language].title}
            </LinkHere>
          </Permitted>
          <LinkHere to="/runs" isCurrent={page === 'runs'}>
            {t.pageRuns}
          </LinkHere>
          <Permitted to="configure" quiet>
            <LinkHere to="/configuration" isCurrent={page === 'configuration'}>
              {t.pageConfiguration}
            </LinkHere>
          </Permitted>
          <LinkHere to="/audit" isCurrent={page === 'audit'}>
            {t.pageAudit}
          </LinkHere>
          <LinkHere to="/not-arrived" isCurrent={page === 'not-arrived' || page === 'not-arrived-of'}>
            {t.pageNotArrived}
          </LinkHere>
          <Permitted to="manage-accounts" quiet>
            <LinkHere to="/accounts" isCurrent={page === 'accounts'}>
              {t.pageAccounts}
            </LinkHere>
          </Permitted>
        </nav>
        <div className="self">
          {session === null ? <SaidName /> : <SignedInAs session={session} isCurrent={page === 'account'} />}
          <LanguageSelect />
        </div>
      </header>
      <main>{children}</main>
    </>
  );
}

/** Whoever has the console's own token says who they are. */
function SaidName() {
  const { t } = useSpeech();
  const { name, isMissing, rename } = usePerson();
  return (
    <TextInput
      id={NAME_INPUT}
      size="sm"
      labelText={t.yourName}
      value={name}
      maxLength={100}
      autoComplete="name"
      invalid={isMissing}
      invalidText={t.sayYourName}
      onChange={({ target }) => rename(target.value)}
    />
  );
}

function SignedInAs({ session, isCurrent }: { readonly session: Session; readonly isCurrent: boolean }) {
  const { t } = useSpeech();
  const signOut = useSignOut();
  return (
    <div className="signed-in">
      <LinkHere to="/account" isCurrent={isCurrent}>
        {session.name}
      </LinkHere>
      <Button kind="ghost" size="sm" onClick={signOut}>
        {t.signOut}
      </Button>
    </div>
  );
}
