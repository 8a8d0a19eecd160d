import type { Pool } from 'pg';
import { openPool } from '../../src/store/pool';

/** As Puente itself has it, and soon tired of a server that is gone. */
export const poolOf = (url: string, max: number): Pool => openPool({ connectionString: url, max, connectionTimeoutMillis: 5_000 });
