import { SetMetadata } from '@nestjs/common';
import type { Role } from '../kernel/fields';

export type Callers = readonly Role[] | 'everybody';

export const callersKey = 'puente:callers';

/** Who may call a route. Every route says so, or that everybody may; the app does not start otherwise. */
export const MayCall = (...roles: readonly Role[]) => SetMetadata(callersKey, roles satisfies Callers);

/** Open to everybody, also without a token. */
export const Public = () => SetMetadata(callersKey, 'everybody' satisfies Callers);
