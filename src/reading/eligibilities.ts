import { UnknownReference } from '../engine/refused';
import type { Streams } from '../engine/streams';
import type { AnyLifecycle } from '../kernel/lifecycle';
import { latestOf } from '../kernel/partial-date';
import type { RuleSet } from '../kernel/rules';
import { application } from '../lifecycles/application';
import { party } from '../lifecycles/party';
import { ruleSet } from '../lifecycles/rule-set';
import { type EligibilityAnswer, judge, type JudgedParty, partiesJudged } from '../parts/eligibility-rules';
import type { Language } from '../words/say';
import type { ApplicationEntry, Calls } from './calls';
import type { Page, Paging } from '../engine/page';
import { reasonIn } from './sentences';

type Outcome = EligibilityAnswer['outcome'];
type Told = EligibilityAnswer & { readonly sentence: string };

/** An application as a rule set judges it now, beside the check that stands. */
export interface EligibilityEntry {
  readonly application: string;
  readonly party: string;
  readonly side: string;
  readonly phase: string;
  /** The rule set it is judged by here. */
  readonly rules: string;
  /** The date it is judged as of: that of its latest check or, unchecked, of its submission. */
  readonly asOf: string;
  /** Failed where any rule is, otherwise unknown where any is; left out where its party is registered no more. */
  readonly outcome?: Outcome;
  readonly answers: readonly Told[];
  /** The latest check, under the rules of its call, and what was waived. */
  readonly checked?: { readonly on: string; readonly outcome: Outcome; readonly answers: readonly Told[] };
  readonly waived: readonly string[];
}
export interface EligibilityQuestion extends Paging {
  readonly call: string;
  /** `id@version`; that of each application where it is left out. */
  readonly rules?: string;
  readonly language: Language;
}

const outcomeOf = (answers: readonly EligibilityAnswer[]): Outcome =>
  (['failed', 'unknown'] as const).find((outcome) => answers.some((each) => each.outcome === outcome)) ?? 'passed';

/** What another rule set would say of the applications of a call: nothing is recorded. */
export class Eligibilities {
  constructor(
    private readonly calls: Pick<Calls, 'applications'>,
    private readonly streams: Streams,
  ) {}

  /** @throws UnknownReference for a rule set that was never published */
  async page({ call, rules, language, ...paging }: EligibilityQuestion): Promise<Page<EligibilityEntry>> {
    const named = rules === undefined ? undefined : await this.rulesNamed(rules);
    const { items, ...rest } = await this.calls.applications({ call, ...paging });
    const entries: EligibilityEntry[] = [];
    for (const each of items) {
      const entry = await this.entry(each, named, language);
      if (entry) entries.push(entry);
    }
    return { items: entries, ...rest };
  }

  private async entry(
    { id, side, phase }: ApplicationEntry,
    named: RuleSet | undefined,
    language: Language,
  ): Promise<EligibilityEntry | undefined> {
    const { application: course, eligibility } = (await this.streams.refresh(application, id)).folded.state as StateOf<typeof application>;
    // Its submission was taken back since it was listed.
    if (course.phase === 'absent') return undefined;
    const { submission, submittedOn } = course;
    const told = (answers: readonly EligibilityAnswer[]) =>
      answers.map((answer): Told => ({ ...answer, sentence: reasonIn(language, answer) }));
    const latest = latestOf(eligibility.checks);
    const asOf = latest?.on ?? submittedOn;
    const rules = named ?? (await this.rulesNamed(submission.rules));
    const answers = judge(rules, submission, asOf, await this.parties(submission));
    return {
      ...{ application: id, party: submission.party, side, phase, rules: rules.name, asOf },
      ...(answers && { outcome: outcomeOf(answers) }),
      answers: told(answers ?? []),
      ...(latest && { checked: { on: latest.on, outcome: outcomeOf(latest.answers), answers: told(latest.answers) } }),
      waived: eligibility.waived.map(({ rule }) => rule),
    };
  }

  private async rulesNamed(name: string): Promise<RuleSet> {
    const found = (await this.streams.rules.load([name]))(name);
    if (!found) throw new UnknownReference(ruleSet.name, name);
    return found;
  }

  /** The applicant, and what else is looked at to judge it. */
  private async parties(applicant: { readonly party: string }): Promise<(id: string) => JudgedParty | undefined> {
    const read = new Map<string, JudgedParty | undefined>();
    const find = (id: string) => read.get(id);
    for (;;) {
      const unread = partiesJudged(applicant, find).filter((id) => !read.has(id));
      if (unread.length === 0) return find;
      for (const id of unread) read.set(id, party.seen((await this.streams.refresh(party, id)).folded.state as StateOf<typeof party>));
    }
  }
}

type StateOf<Of extends AnyLifecycle> = Parameters<Of['seen']>[0];
