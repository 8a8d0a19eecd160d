const largestPosition = 2n ** 63n - 1n;

/** Where a reader stands in the log. It means something only in the epoch of the store that gave it out. */
export interface Cursor {
  readonly position: bigint;
  readonly epoch: string;
}

/** As callers are given it, and as receipts carry it; what it is made of is nothing to build on. */
export const cursorText = ({ position, epoch }: Cursor): string => `${position}.${epoch}`;

/** Undefined where it is none that could have been given out. */
export const readCursor = (text: string): Cursor | undefined => {
  const [, digits, epoch] = /^(\d{1,19})\.([A-Za-z0-9-]{1,64})$/.exec(text) ?? [];
  if (digits === undefined || epoch === undefined) return undefined;
  const position = BigInt(digits);
  return position > largestPosition ? undefined : { position, epoch };
};
