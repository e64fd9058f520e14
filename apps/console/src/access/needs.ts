import { SetMetadata } from '@nestjs/common';
import type { Permission } from '@sync-hub/contracts';

/** What a path asks of whoever asks it. `own`: a session of one's own, of whatever role. */
export interface Need {
  readonly permission: Permission | 'anybody' | 'own';
  /** On the machine itself nobody is asked who they are. */
  readonly openHere?: boolean;
  /** Name and password with each request, as clients of Sync 2.0 send them. */
  readonly basic?: boolean;
  /** While the password must be changed, too. */
  readonly withOldPassword?: boolean;
}

export const NEED = 'sync-hub:need';

/** What the path needs. One that says nothing is let through to nobody. */
export const Needs = (permission: Permission, more: Pick<Need, 'openHere' | 'basic'> = {}): MethodDecorator =>
  SetMetadata(NEED, { permission, ...more } satisfies Need);

/** What holds nothing of any record, and what one signs in by. */
export const Anybody = (): MethodDecorator => SetMetadata(NEED, { permission: 'anybody' } satisfies Need);

/** What everybody does to their own account, signed in by name and password. */
export const Own = (more: Pick<Need, 'withOldPassword'> = {}): MethodDecorator => SetMetadata(NEED, { permission: 'own', ...more } satisfies Need);
