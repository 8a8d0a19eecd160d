import { positionForm } from '../store/port';

/** Where a reader stands in the log. It means something only in the epoch of the store that gave it out. */
export interface Cursor {
  readonly position: bigint;
  readonly epoch: string;
}

/** As callers are given it, and as receipts carry it; what it is made of is nothing to build on. */
export const cursorText = ({ position, epoch }: Cursor): string => `${position}.${epoch}`;

const form = new RegExp(`^(${positionForm})\\.([A-Za-z0-9-]{1,64})$`);
/** Undefined where it is none that could have been given out. */
export const readCursor = (text: string): Cursor | undefined => {
  const [, position, epoch] = form.exec(text) ?? [];
  return position === undefined || epoch === undefined ? undefined : { position: BigInt(position), epoch };
};
