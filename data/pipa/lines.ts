import { lineIn } from '../lines';

export const line = lineIn('pipa');
