import { stoodAt } from '../engine/as-of';
import { type NextAsked, nextIn } from '../engine/next';
import { staleIn } from '../engine/runner-parking';
import { storedFrom } from '../engine/streams';
import { inForce } from '../kernel/history';
import { type AnyLifecycle, hasDeadlines } from '../kernel/lifecycle';
import type { Reader } from '../kernel/reserved';
import { application } from '../lifecycles/application';
import { party } from '../lifecycles/party';
import { Citations } from '../monitoring/citations';
import { Indicators } from '../monitoring/indicators';
import { positionBefore, resolve } from '../monitoring/known-at';
import { Monitoring } from '../monitoring/monitoring';
import { renderPage } from '../monitoring/page/page';
import { ReportPages } from '../monitoring/page/page-data';
import { Process } from '../monitoring/process';
import { Progress } from '../monitoring/progress';
import { Reports } from '../monitoring/report';
import { Exports } from '../out/exports';
import type { Publisher } from '../out/publisher';
import type { Puente } from '../puente';
import { Assignments } from '../reading/assignments';
import { Board } from '../reading/board';
import { Calls } from '../reading/calls';
import { Candidates } from '../reading/candidates';
import { Deadlines } from '../reading/deadlines';
import { Eligibilities } from '../reading/eligibilities';
import { Illustrative } from '../reading/illustrative';
import { Listed } from '../reading/listed';
import { Parties } from '../reading/parties';
import type { Page as PageOf } from '../engine/page';
import { Ranking } from '../reading/ranking';
import { hidden, Sentences } from '../reading/sentences';
import { Timeline } from '../reading/timeline';
import { WhatIfRanking } from '../reading/what-if-ranking';
import { kindOf, streamOf } from '../store/port';
import type { Language } from '../words/say';
import { eventsAsTold } from './cited-events';
import { thingLink } from './figure-addresses';
import { type Page, type PageAsked, Reading } from './ports';
import { StoredPast } from './stored-past';

type Lists = Readonly<
  Record<string, { readonly readModel: string; readonly page: (asked: PageAsked) => Promise<PageOf<{ readonly id: string }>> }>
>;

/** Reads what is in force from the store, and everything else from the read models. */
export class StoredReading extends Reading {
  override readonly exports: Exports;
  private readonly illustrative: Illustrative;
  private readonly listed: Listed;
  /** The lists of lifecycles that have one of their own. */
  private readonly lists: Lists;
  private readonly told: Timeline;
  private readonly toldWithoutWords: Timeline;
  private readonly reports: Reports;
  private readonly pages: ReportPages;
  private readonly processes: Process;
  private readonly monitoring: Monitoring;
  private readonly progresses: Progress;
  private readonly cited: Citations;
  private readonly eligibilities: Eligibilities;
  private readonly ranks: Ranking;
  private readonly pairs: Candidates;
  private readonly whatIf: WhatIfRanking;
  private readonly assignments: Assignments;
  private readonly deadlines: Deadlines;
  private readonly past: StoredPast;

  constructor(
    private readonly puente: Pick<Puente, 'pool' | 'pages' | 'store' | 'streams' | 'runner' | 'vault' | 'writing'>,
    now: () => Date,
    publisher?: Publisher,
  ) {
    super();
    const { pool, store, vault, writing } = puente;
    const parties = new Parties(pool);
    const calls = new Calls(pool);
    const today = () => now().toISOString().slice(0, 10);
    const board = new Board(pool, parties, today);
    this.deadlines = new Deadlines(pool, today);
    this.illustrative = new Illustrative(pool);
    this.listed = new Listed(pool);
    this.assignments = new Assignments(pool);
    this.lists = {
      pairing: { readModel: 'board', page: (asked) => board.page(asked) },
      call: { readModel: 'calls', page: (asked) => calls.page(asked) },
      application: { readModel: 'calls', page: (asked) => calls.applications(asked) },
      party: { readModel: 'parties', page: (asked) => parties.page(asked) },
    };
    const lifecycles = Object.values(writing.lifecycles);
    this.told = new Timeline(pool, new Sentences(lifecycles, vault.texts, parties));
    this.toldWithoutWords = new Timeline(pool, new Sentences(lifecycles, hidden, parties));
    this.reports = new Reports(pool, store);
    this.pages = new ReportPages(pool, store);
    this.processes = new Process(pool, store);
    this.monitoring = new Monitoring(pool, store, new Indicators(pool), puente.pages);
    this.progresses = new Progress(pool, store, this.monitoring);
    this.cited = new Citations(pool, store, this.monitoring);
    this.ranks = new Ranking(pool, parties);
    this.whatIf = new WhatIfRanking(pool, puente.streams, parties);
    this.pairs = new Candidates(pool, parties);
    this.past = new StoredPast(puente);
    this.exports = new Exports(puente, publisher);
    this.eligibilities = new Eligibilities(calls, puente.streams);
  }

  override async load(of: AnyLifecycle, id: string) {
    return (await this.puente.streams.refresh(of, id)).folded;
  }

  override next(of: AnyLifecycle, id: string, asked: NextAsked) {
    return nextIn(this.puente.writing, of, id, asked);
  }
  override async standing(of: AnyLifecycle, id: string) {
    return inForce((await this.puente.streams.history(of, id)).map(storedFrom));
  }

  override async isIllustrative(stream: string): Promise<boolean> {
    return (await this.illustrative.among([stream])).size > 0;
  }

  override resolve(question: Parameters<Reading['resolve']>[0]) {
    return resolve(this.puente.pool, question);
  }
  override stood(...[of, id, axes]: Parameters<Reading['stood']>) {
    return stoodAt(this.puente.streams, of, id, axes);
  }
  override async wasIllustrative(...[stood, axes]: Parameters<Reading['wasIllustrative']>) {
    return this.past.isIllustrative(stood, axes);
  }
  override timelineAsOf(...asked: Parameters<Reading['timelineAsOf']>): Promise<Page> {
    return this.past.timeline(...asked);
  }
  override listAsOf(...[, axes, asked]: Parameters<Reading['listAsOf']>): Promise<Page> {
    return this.past.pairings(axes, asked);
  }

  override async timeline(stream: string, { words, ...asked }: Parameters<Reading['timeline']>[1]) {
    const [page, stale] = await Promise.all([
      (words ? this.told : this.toldWithoutWords).page(stream, asked),
      this.puente.runner.isStale('timeline', stream),
    ]);
    return { ...page, stale };
  }

  override async list(of: AnyLifecycle, { filters, ...asked }: Parameters<Reading['list']>[1]): Promise<Page> {
    const own = Object.hasOwn(this.lists, of.name) ? this.lists[of.name] : undefined;
    const page: PageOf<{ readonly id: string }> = await (own ? own.page({ ...asked, ...filters }) : this.listed.page(of, asked));
    return this.marked(page, own?.readModel ?? 'listed', of, ({ id }) => [streamOf(of.name, id)]);
  }

  override async due(asked: Parameters<Reading['due']>[0]): Promise<Page> {
    const { items, ...page } = await this.deadlines.page(asked);
    const linked = items.map((item) => ({ ...item, links: { thing: thingLink(item.lifecycle, item.id) } }));
    const about = Object.values<AnyLifecycle>(this.puente.writing.lifecycles).filter(hasDeadlines);
    return this.marked({ ...page, items: linked }, 'deadlines', about, ({ lifecycle, id }) => [streamOf(lifecycle, id)]);
  }

  override assigned(account: string) {
    return this.assignments.of(account);
  }

  override async eligibility(call: string, asked: Parameters<Reading['eligibility']>[1]): Promise<Page> {
    const page = await this.eligibilities.page({ call, ...asked });
    return this.marked(page, 'calls', application, ({ application: id, party: by }) => [
      streamOf(application.name, id),
      streamOf(party.name, by),
    ]);
  }

  override async ranking(call: string, asked: Parameters<Reading['ranking']>[1]): ReturnType<Reading['ranking']> {
    return this.marked(await this.ranks.page({ call, ...asked }), 'ranking', application, ({ application: id }) => [
      streamOf(application.name, id),
    ]);
  }

  override async whatIfRanking(call: string, asked: Parameters<Reading['whatIfRanking']>[1]): Promise<Page> {
    return this.marked(await this.whatIf.page({ call, ...asked }), 'ranking', application, ({ application: id }) => [
      streamOf(application.name, id),
    ]);
  }

  override async candidates(call: string, asked: Parameters<Reading['candidates']>[1]): Promise<Page> {
    const page = await this.pairs.page({ call, ...asked });
    return this.marked(page, 'candidates', application, ({ european, latinAmerican }) =>
      [european, latinAmerican].map(({ application: id }) => streamOf(application.name, id)),
    );
  }

  override waitFor(...asked: Parameters<Reading['waitFor']>): Promise<boolean> {
    return this.puente.runner.caughtUp(...asked);
  }

  override epoch(): Promise<string> {
    return this.puente.store.epoch();
  }
  override head(): Promise<bigint> {
    return this.puente.store.head();
  }

  override async positionOf(stream: string, revision: number): Promise<bigint | undefined> {
    return (await this.puente.store.read(stream, { from: revision, limit: 1 }))[0]?.position;
  }
  override async positionBefore(instant: string): Promise<bigint> {
    return positionBefore(this.puente.pool, instant, await this.puente.store.epoch());
  }

  override indicators(language: Parameters<Reading['indicators']>[0]) {
    return this.monitoring.list(language);
  }
  override figure(question: Parameters<Reading['figure']>[0]) {
    return this.monitoring.figure(question);
  }
  override async evidence({ words, reader, ...question }: Parameters<Reading['evidence']>[0]) {
    const found = await this.monitoring.evidence(question);
    return found && { ...found, items: await this.inWords(found.items, { words, reader, language: question.language }) };
  }
  override async difference({ words, reader, ...question }: Parameters<Reading['difference']>[0]) {
    const found = await this.monitoring.difference(question);
    return found && { ...found, items: await this.inWords(found.items, { words, reader, language: question.language }) };
  }
  override series(question: Parameters<Reading['series']>[0]) {
    return this.monitoring.series(question);
  }
  /** Each with what happened, as its timeline tells it to this reader. */
  private async inWords<Item extends { readonly stream: string; readonly revision: number }>(
    items: readonly Item[],
    { words, ...asked }: { readonly words: boolean; readonly reader: Reader; readonly language: Language },
  ): Promise<readonly (Item & { readonly type?: string; readonly sentence?: string })[]> {
    const entries = await (words ? this.told : this.toldWithoutWords).entries(items, asked);
    return items.map((item) => {
      const entry = entries.get(`${item.stream}@${item.revision}`);
      return entry ? { ...item, type: entry.type, sentence: entry.sentence } : item;
    });
  }

  override register(question: Parameters<Reading['register']>[0]) {
    return this.reports.register(question);
  }
  override progress(framework: string, question: Parameters<Reading['progress']>[1]) {
    return this.progresses.of(framework, question);
  }
  override async citations(evaluation: string, { words, reader, ...asked }: Parameters<Reading['citations']>[1]) {
    const found = await this.cited.page(evaluation, asked);
    return found && { ...found, items: await eventsAsTold(words ? this.told : this.toldWithoutWords, found.items, { ...asked, reader }) };
  }

  override process(question: Parameters<Reading['process']>[0]) {
    return this.processes.times(question);
  }
  override report(question: Parameters<Reading['report']>[0]): Promise<object> {
    return this.reports.make(question);
  }
  override async reportPage({ addresses, ...question }: Parameters<Reading['reportPage']>[0]): Promise<string> {
    const data = await this.pages.read(question);
    return renderPage(data, question.language, addresses(data));
  }

  /** The page, with a mark on what rests on streams that illustrate, or that wait for repair; two queries, however long it is. */
  private async marked<Item extends object, P extends PageOf<Item>>(
    page: P & PageOf<Item>,
    readModel: string,
    of: AnyLifecycle | readonly AnyLifecycle[],
    restsOn: (item: Item) => readonly string[],
  ): Promise<Omit<P, 'items'> & { readonly items: readonly (Item & Marks)[]; readonly stale?: true }> {
    const [illustrative, parked] = await Promise.all([
      this.illustrative.among([...new Set(page.items.flatMap(restsOn))]),
      staleIn(this.puente.pool, readModel),
    ]);
    const mark = (item: Item): Item & Marks => ({
      ...item,
      ...(restsOn(item).some((stream) => illustrative.has(stream)) && { illustrative: true as const }),
      ...(restsOn(item).some((stream) => parked.has(stream)) && { stale: true as const }),
    });
    const kinds = [of].flat().map(({ name }) => name);
    const stale = [...parked].some((stream) => kinds.includes(kindOf(stream)));
    return { ...page, items: page.items.map(mark), ...(stale && { stale }) };
  }
}
interface Marks {
  readonly illustrative?: true;
  readonly stale?: true;
}
