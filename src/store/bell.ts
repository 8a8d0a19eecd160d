/** Wakes those who wait for something new. */
export class Bell {
  private count = 0;
  private readonly waiting = new Set<() => void>();

  /** How often it rang so far: taken before looking, given to `rung`, so that no ring in between is missed. */
  get rings(): number {
    return this.count;
  }

  ring(): void {
    this.count += 1;
    for (const wake of [...this.waiting]) wake();
  }

  /** Resolves once it rang after `since`, when `signal` aborts, or after `atMost` milliseconds. */
  async rung(since: number, signal: AbortSignal, atMost?: number): Promise<void> {
    if (this.count > since || signal.aborted) return;
    let timer: NodeJS.Timeout | undefined;
    let wake: () => void = () => undefined;
    await new Promise<void>((resolve) => {
      wake = resolve;
      this.waiting.add(wake);
      signal.addEventListener('abort', wake, { once: true });
      if (atMost !== undefined) timer = setTimeout(wake, atMost);
    });
    clearTimeout(timer);
    this.waiting.delete(wake);
    signal.removeEventListener('abort', wake);
  }
}
