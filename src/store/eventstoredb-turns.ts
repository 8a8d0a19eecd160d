/** One thing at a time for each name, in the order in which they were asked for. */
export class Turns {
  private readonly last = new Map<string, Promise<unknown>>();

  inTurn<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
    const before = this.last.get(name);
    const done = before ? before.then(work) : work();
    const settled = done.then(
      () => undefined,
      () => undefined,
    );
    const turn = settled.then(() => {
      if (this.last.get(name) === turn) this.last.delete(name);
    });
    this.last.set(name, turn);
    return done;
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    while (this.last.size > 0) await Promise.all(this.last.values());
  }
}
