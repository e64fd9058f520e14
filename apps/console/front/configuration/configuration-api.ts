import type {
  ConfigurationCheck,
  ConfigurationEdit,
  ConfigurationSaved,
  ConfigurationState,
  ConfigurationToRollBack,
  ConfigurationToSave,
  ConfigurationVersion,
  ConfigurationVersionShown,
  Sync2Draft,
  Sync2ToImport,
} from '@sync-hub/contracts';
import { api, told } from '../api/client.js';

/** What the file as it is now is kept under. */
export const STATE = ['configuration'] as const;
export const VERSIONS = ['configuration-versions'] as const;

/** Who saves, and what becomes of it where it is not refused. */
type By<Wanted> = Wanted & { readonly by: string };
type Saved = Extract<ConfigurationSaved, { readonly kind: 'saved' | 'same' }>;

export const readConfiguration = (): Promise<ConfigurationState> => told(api.GET('/api/configuration'));

export const checkConfiguration = (text: string): Promise<ConfigurationCheck> => told(api.POST('/api/configuration/check', { body: { text } }));

export const saveConfiguration = (body: By<ConfigurationToSave>): Promise<Saved> => told(api.POST('/api/configuration/save', { body }));

export const editConfiguration = async (text: string, edits: readonly ConfigurationEdit[]): Promise<string> =>
  (await told(api.POST('/api/configuration/edit', { body: { text, edits: [...edits] } }))).text;

export const listVersions = async (): Promise<readonly ConfigurationVersion[]> => (await told(api.GET('/api/configuration/versions'))).versions;

const at = (version: string) => ({ path: { version } });

export const findVersion = (version: string): Promise<ConfigurationVersionShown> =>
  told(api.GET('/api/configuration/versions/{version}', { params: at(version) }));

export const checkVersion = (version: string): Promise<ConfigurationCheck> =>
  told(api.GET('/api/configuration/versions/{version}/check', { params: at(version) }));

export const rollBack = (body: By<ConfigurationToRollBack>): Promise<Saved> => told(api.POST('/api/configuration/rollback', { body }));

export const importSync2 = (body: Sync2ToImport): Promise<Sync2Draft> => told(api.POST('/api/configuration/import', { body }));
