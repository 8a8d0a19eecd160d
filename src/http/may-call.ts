import { SetMetadata } from '@nestjs/common';
import type { Role } from '../kernel/fields';

export type Callers = readonly Role[] | 'signed-in' | 'everybody';

export const callersKey = 'puente:callers';

/** Who may call a route. Every route says so, or that everybody may; the app does not start otherwise. */
export const MayCall = (...roles: readonly Role[]) => SetMetadata(callersKey, roles satisfies Callers);

/** Open to whoever has a token of the issuer, whatever its roles. */
export const SignedIn = () => SetMetadata(callersKey, 'signed-in' satisfies Callers);

/** Open to everybody, also without a token. */
export const Public = () => SetMetadata(callersKey, 'everybody' satisfies Callers);
