import type { AnyLifecycle } from '../kernel/lifecycle';
import { Reports } from '../monitoring/report';
import type { Puente } from '../puente';
import { Board } from '../reading/board';
import { Calls } from '../reading/calls';
import { Candidates } from '../reading/candidates';
import { Eligibilities } from '../reading/eligibilities';
import { Listed } from '../reading/listed';
import { Parties } from '../reading/parties';
import { Ranking } from '../reading/ranking';
import { type ProtectedWords, Sentences } from '../reading/sentences';
import { Timeline } from '../reading/timeline';
import { type Page, type PageAsked, Reading, type TimelineOrder } from './ports';

/** Stands where words stood, for readers who may not see them. */
const unseen = '[…]';
const hidden: ProtectedWords = { reveal: (ids) => Promise.resolve(new Map(ids.map((id) => [id, { is: 'text', words: unseen } as const]))) };

type Lists = Readonly<Record<string, (asked: PageAsked) => Promise<Page>>>;

/** Reads what is in force from the store, and everything else from the read models. */
export class StoredReading extends Reading {
  private readonly listed: Listed;
  /** The lists of lifecycles that have one of their own. */
  private readonly lists: Lists;
  private readonly told: Timeline;
  private readonly toldWithoutWords: Timeline;
  private readonly reports: Reports;
  private readonly eligibilities: Eligibilities;
  private readonly ranks: Ranking;
  private readonly pairs: Candidates;

  constructor(
    private readonly puente: Pick<Puente, 'pool' | 'store' | 'streams' | 'runner' | 'vault' | 'writing'>,
    now: () => Date,
  ) {
    super();
    const { pool, store, vault, writing } = puente;
    const parties = new Parties(pool);
    const calls = new Calls(pool);
    const board = new Board(pool, parties, () => now().toISOString().slice(0, 10));
    this.listed = new Listed(pool);
    this.lists = {
      pairing: (asked) => board.page(asked),
      call: (asked) => calls.page(asked),
      application: (asked) => calls.applications(asked),
      party: (asked) => parties.page(asked),
    };
    const lifecycles = Object.values(writing.lifecycles);
    this.told = new Timeline(pool, new Sentences(lifecycles, vault.texts, parties));
    this.toldWithoutWords = new Timeline(pool, new Sentences(lifecycles, hidden, parties));
    this.reports = new Reports(pool, store);
    this.ranks = new Ranking(pool, parties);
    this.pairs = new Candidates(pool, parties);
    this.eligibilities = new Eligibilities(calls, puente.streams);
  }

  override async load(of: AnyLifecycle, id: string) {
    return (await this.puente.streams.refresh(of, id)).folded;
  }

  override async timeline(stream: string, { words, ...asked }: PageAsked & { readonly order: TimelineOrder; readonly words: boolean }) {
    const [page, stale] = await Promise.all([
      (words ? this.told : this.toldWithoutWords).page(stream, asked),
      this.puente.runner.isStale('timeline', stream),
    ]);
    return { ...page, stale };
  }

  override list(
    of: AnyLifecycle,
    { filters, ...asked }: PageAsked & { readonly filters: Readonly<Record<string, string>> },
  ): Promise<Page> {
    const own = Object.hasOwn(this.lists, of.name) ? this.lists[of.name] : undefined;
    return own ? own({ ...asked, ...filters }) : this.listed.page(of, asked);
  }

  override eligibility(call: string, asked: Parameters<Reading['eligibility']>[1]): Promise<Page> {
    return this.eligibilities.page({ call, ...asked });
  }

  override ranking(call: string, asked: Parameters<Reading['ranking']>[1]): ReturnType<Reading['ranking']> {
    return this.ranks.page({ call, ...asked });
  }

  override candidates(call: string, asked: Parameters<Reading['candidates']>[1]): Promise<Page> {
    return this.pairs.page({ call, ...asked });
  }

  override waitFor(position: bigint, milliseconds: number): Promise<boolean> {
    return this.puente.runner.caughtUp(position, milliseconds);
  }

  override epoch(): Promise<string> {
    return this.puente.store.epoch();
  }

  override report(question: Parameters<Reading['report']>[0]): Promise<object> {
    return this.reports.make(question);
  }
}
