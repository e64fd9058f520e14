import { Select, SelectItem } from '@carbon/react';
import { CATALOGUES, useSpeech } from './speaking.js';
import { LANGUAGES } from './words.js';

/** Which language is spoken. */
export function LanguageSelect() {
  const { t, language, speak } = useSpeech();
  return (
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
  );
}
