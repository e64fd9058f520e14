import type { SafeDetails } from '@sync-hub/contracts';

/** Where the runner, the sweep and the buses write their few lines. `event` is a constant; `fields` never hold a payload or another library's text. */
export interface Logger {
  log(level: 'info' | 'warn' | 'error', event: string, fields: SafeDetails): void;
}
