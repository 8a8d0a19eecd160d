import { join } from 'node:path';

const root = join(__dirname, '..');
/** Where the contracts are kept. */
export const contracts = join(root, 'docs/contracts');
/** Those of each version that was released. */
export const released = join(contracts, 'released');
