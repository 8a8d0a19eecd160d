import { fold, inForce } from '../kernel/history';
import { imbalances } from '../monitoring/balance';
import { keptLines } from '../monitoring/kept-lines';
import { type KnownStream, knownBy } from '../monitoring/recounted-facts';
import type { Puente } from '../puente';
import { type Check, checked, Found } from './checks';
import { asFactsKnow, type FactsKnown } from './verify-figures';
import type { Visitor } from './verify-log';

/** Whether every budget balances, and facts say of it what its events do. */
export class Balanced implements Visitor {
  private readonly found = new Found();
  private budgets = 0;

  constructor(
    private readonly puente: Pick<Puente, 'pool'>,
    private readonly known: FactsKnown,
  ) {}

  async add(whole: KnownStream): Promise<void> {
    const { of, stream, book } = whole;
    if (!Object.hasOwn(of.parts as object, 'budget')) return;
    const { history } = asFactsKnow(knownBy(whole, this.known.position), this.known);
    const budget = fold(of, history, book).state['budget'] as Parameters<typeof imbalances>[1];
    if (budget.allocations.length + budget.expenses.length + budget.reallocations.length === 0) return;
    this.budgets += 1;
    const kept = this.known.aside.get(stream)?.givenUp ? undefined : await keptLines(this.puente.pool, stream, this.known.position);
    this.found.add(...imbalances(inForce(history), budget, kept).map((each) => `${stream}: ${each}`));
  }

  checks(): readonly Check[] {
    return [checked('every budget balances, by line and by currency, and facts say the same', this.budgets, this.found)];
  }
}
