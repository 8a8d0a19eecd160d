import type { RuleBook, RuleSet } from '../kernel/rules';
import type { Stored } from '../kernel/history';

/**
 * Rule sets by `id@version`. A version never changes, so what was read once is kept; what was not found is asked for again.
 * Decisions are pure: whoever calls them loads the rule sets they may need first.
 */
export class Rules {
  private readonly known = new Map<string, RuleSet>();
  /** Looks only at what was loaded. */
  readonly book: RuleBook = (name) => this.known.get(name);

  constructor(private readonly find: (id: string, version: number) => Promise<RuleSet | undefined>) {}

  async load(names: Iterable<string | undefined>): Promise<RuleBook> {
    const wanted = [...new Set(names)].filter((name) => name !== undefined && !this.known.has(name));
    const found = await Promise.all(
      wanted.map((name) => this.find(name!.slice(0, name!.lastIndexOf('@')), Number(name!.slice(name!.lastIndexOf('@') + 1)))),
    );
    for (const rules of found) if (rules) this.known.set(rules.name, rules);
    return this.book;
  }

  loadFor(history: readonly Stored[]): Promise<RuleBook> {
    return this.load(history.map(({ rules }) => rules));
  }
}
