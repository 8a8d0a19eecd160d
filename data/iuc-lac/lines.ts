/** Lines as they are told, stream by stream. */
import { type Line, lineIn } from '../lines';

const line = lineIn('iuc-lac');

/** Lines of one stream, each with an id of its own. */
export class Stream {
  private readonly lines: Line[] = [];
  constructor(private readonly to: string) {}

  does(command: string, data: object, occurredOn: string, as: string): void {
    this.lines.push(line(this.to, command, data, occurredOn, as));
  }
  /** As they were told. */
  get told(): readonly Line[] {
    return this.lines;
  }
  /** As they happened; what is known to a month comes after the days of that month, and what has the same date as it was told. */
  get inTime(): readonly Line[] {
    const key = ({ occurredOn }: Line) => (occurredOn + '-99-99').slice(0, 10);
    return this.lines.toSorted((one, other) => (key(one) < key(other) ? -1 : key(one) > key(other) ? 1 : 0));
  }
}
export const told = (to: string, ...steps: readonly (readonly [command: string, data: object, occurredOn: string, as: string])[]) => {
  const stream = new Stream(to);
  for (const step of steps) stream.does(...step);
  return stream.told;
};

/** A month so many months after another. */
export const month = (from: string, later: number) => {
  const count = Number(from.slice(0, 4)) * 12 + Number(from.slice(5, 7)) - 1 + later;
  return `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, '0')}`;
};

/** Of a date that is known at least to the month. */
export const firstMonthOf = (date: string) => date.slice(0, 7);
