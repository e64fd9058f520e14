import type { ConfigurationState } from '@sync-hub/contracts';
import { Said } from '../said.js';
import { useConfigurationWords } from './use-configuration-words.js';

/** Is the file what the hub goes by? And where it is not: why, and until when. */
export function Status({ state }: { readonly state: ConfigurationState }) {
  const { words } = useConfigurationWords();
  const { isInForce, refused, behind, cannotSave, text } = state;
  return (
    <>
      {isInForce ? (
        <Said kind="success" text={words.inForce} />
      ) : refused.length > 0 ? (
        <Said
          kind="error"
          text={words.refused}
          more={
            <ul>
              {refused.map((line) => (
                <li key={line}>{line.trim()}</li>
              ))}
            </ul>
          }
        />
      ) : (
        <Said kind="info" text={behind.length > 0 ? words.behind(behind.join(', ')) : words.notYet} />
      )}
      {text === null && <Said kind="error" text={words.unreadable} />}
      {cannotSave !== null && <Said kind="warning" text={words.cannotSave[cannotSave]} />}
    </>
  );
}
