/** One moment, that of every append that began while another with it was under way. */
export interface Moment {
  /** ISO 8601, UTC, milliseconds. */
  readonly at: string;
  /** The append was answered, or given up. */
  done(): void;
}

interface Sharing {
  readonly at: number;
  under: number;
}

/**
 * Gives the times of recording. Appends that are under way together are ordered by the server alone, so they get one moment; a later
 * moment is given only when all of the one before were answered, or given up at their deadlines, and is never below what this process has
 * seen in the log.
 */
export class Moments {
  private current: Sharing = { at: 0, under: 0 };
  private seen = 0;
  private readonly waiting = new Set<() => void>();

  constructor(
    private readonly now: () => number = Date.now,
    /** Milliseconds for which appends may join those under way. */
    private readonly joining = 50,
  ) {}

  /** The log holds an event with this time of recording. */
  saw(recordedAt: string): void {
    const at = Date.parse(recordedAt);
    if (at > this.seen) this.seen = at;
  }

  async take(): Promise<Moment> {
    while (!this.canJoin()) {
      if (this.current.under === 0) {
        this.current = { at: Math.max(this.now(), this.current.at, this.seen), under: 0 };
        break;
      }
      await this.answered();
    }
    const mine = this.current;
    mine.under += 1;
    return {
      at: new Date(mine.at).toISOString(),
      done: () => {
        mine.under -= 1;
        if (mine.under === 0) this.wake();
      },
    };
  }

  private canJoin(): boolean {
    const { at, under } = this.current;
    return under > 0 && at >= this.seen && this.now() - at < this.joining;
  }

  /** All under way were. */
  private answered(): Promise<void> {
    return new Promise((wake) => this.waiting.add(wake));
  }

  private wake(): void {
    const waiting = [...this.waiting];
    this.waiting.clear();
    for (const each of waiting) each();
  }
}
