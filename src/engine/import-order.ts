/** The last line that writes a stream, and the lines after it that read it, as long as they are not done. */
interface Touching {
  written?: Promise<void> | undefined;
  readonly read: Set<Promise<void>>;
}

/** Who writes a stream waits for who wrote or read it before; who reads it, for who wrote it. */
export class ImportOrder {
  private readonly streams = new Map<string, Touching>();

  /** How many streams somebody may still have to wait for. */
  get busy(): number {
    return this.streams.size;
  }

  /** @param work never fails */
  after(writes: string, reads: readonly string[], work: () => Promise<void>): Promise<void> {
    const own = this.at(writes);
    const others = [...new Set(reads)].filter((each) => each !== writes);
    const run: Promise<void> = Promise.all([own.written, ...own.read, ...others.map((each) => this.at(each).written)])
      .then(work)
      .finally(() => {
        for (const each of others) this.done(each, run);
        this.done(writes, run);
      });
    own.written = run;
    own.read.clear();
    // Also of a stream that no line wrote so far: it may stand in the store, and a later line may write it.
    for (const each of others) this.at(each).read.add(run);
    return run;
  }

  private at(stream: string): Touching {
    const known = this.streams.get(stream);
    if (known) return known;
    const fresh: Touching = { read: new Set() };
    this.streams.set(stream, fresh);
    return fresh;
  }

  private done(stream: string, run: Promise<void>): void {
    const touching = this.streams.get(stream);
    if (!touching) return;
    touching.read.delete(run);
    if (touching.written === run) touching.written = undefined;
    if (touching.written === undefined && touching.read.size === 0) this.streams.delete(stream);
  }
}
