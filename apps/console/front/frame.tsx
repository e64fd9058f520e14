import { Select, SelectItem, TextInput } from '@carbon/react';
import type { ReactNode } from 'react';
import { CATALOGUES, useSpeech } from './language/speaking.js';
import { LANGUAGES } from './language/words.js';
import { LinkHere } from './link-here.js';
import { NAME_INPUT, usePerson } from './person.js';
import { shownAt, usePlace } from './place.js';

/** What stands around every page: where one is, who one is, and which language is spoken. */
export function Frame({ children }: { readonly children: ReactNode }) {
  const { t, language, speak } = useSpeech();
  const { name, isMissing, rename } = usePerson();
  const { page } = shownAt(usePlace().pathname);
  return (
    <>
      <header className="frame">
        <nav>
          <a href="/" className="cds--link brand">
            Sync Hub
          </a>
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
          <LinkHere to="/records" isCurrent={page === 'records'}>
            {t.pageRecords}
          </LinkHere>
        </nav>
        <div className="self">
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
          <Select
            id="language"
            size="sm"
            labelText={t.language}
            value={language}
            onChange={({ target }) => speak(LANGUAGES.find((one) => one === target.value) ?? 'en')}
          >
            {LANGUAGES.map((one) => (
              <SelectItem key={one} value={one} text={CATALOGUES[one].name} />
            ))}
          </Select>
        </div>
      </header>
      <main>{children}</main>
    </>
  );
}
