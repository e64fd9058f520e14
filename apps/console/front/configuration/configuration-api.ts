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
import { askConsole, tellConsole } from '../desk.js';

const ROOT = '/api/configuration';

/** What the file as it is now is kept under. */
export const STATE = ['configuration'] as const;
export const VERSIONS = ['configuration-versions'] as const;

export const readConfiguration = async (): Promise<ConfigurationState> => (await askConsole(ROOT)).json();

export const checkConfiguration = async (text: string): Promise<ConfigurationCheck> => (await tellConsole(`${ROOT}/check`, { text })).json();

export const saveConfiguration = async (wanted: ConfigurationToSave & { readonly by: string }): Promise<ConfigurationSaved> =>
  (await tellConsole(`${ROOT}/save`, wanted)).json();

export const editConfiguration = async (text: string, edits: readonly ConfigurationEdit[]): Promise<string> =>
  (await (await tellConsole(`${ROOT}/edit`, { text, edits })).json()).text;

export const listVersions = async (): Promise<readonly ConfigurationVersion[]> => (await (await askConsole(`${ROOT}/versions`)).json()).versions;

const placeOf = (version: string): string => `${ROOT}/versions/${encodeURIComponent(version)}`;

export const findVersion = async (version: string): Promise<ConfigurationVersionShown> => (await askConsole(placeOf(version))).json();

export const checkVersion = async (version: string): Promise<ConfigurationCheck> => (await askConsole(`${placeOf(version)}/check`)).json();

export const rollBack = async (wanted: ConfigurationToRollBack & { readonly by: string }): Promise<ConfigurationSaved> =>
  (await tellConsole(`${ROOT}/rollback`, wanted)).json();

export const importSync2 = async (files: Sync2ToImport): Promise<Sync2Draft> => (await tellConsole(`${ROOT}/import`, files)).json();
