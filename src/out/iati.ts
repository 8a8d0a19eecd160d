import { call } from '../lifecycles/call';
import { framework } from '../lifecycles/framework';
import { pairing } from '../lifecycles/pairing';
import { party } from '../lifecycles/party';
import { pipa } from '../lifecycles/pipa';
import { programme } from '../lifecycles/programme';
import { askedOfEach, stoodAt } from '../engine/as-of';
import type { AnyLifecycle } from '../kernel/lifecycle';
import type { Framework } from '../parts/results-framework';
import type { Progress } from '../monitoring/progress';
import type { Pairing } from '../lifecycles/pairing-parts';
import type { Call } from '../parts/call-course';
import type { Identity } from '../parts/party-identity';
import { languages } from '../words/say';
import { type Activity, activityElement } from './iati-activity';
import { writer } from './iati-elements';
import { type KnownParty, pairingActivity } from './iati-pairing';
import { pipaActivity, pipaId } from './iati-pipa';
import { type Below, componentId, programmeActivities, programmeId } from './iati-programme';
import { type Achieved, resultElements, updatedAt } from './iati-results';
import { illustrating } from './illustrating';
import { type KnownThing, thingsKnown } from './known-things';
import type { Publisher } from './publisher';
import type { Standpoint } from './table';
import type { Sources } from './tables';

/** One export: what it has read of what many activities name. */
class IatiActivities {
  private readonly parties = new Map<string, KnownParty | undefined>();
  private readonly parents = new Map<string, string | undefined>();
  private readonly below = new Map<string, { pairings: string[]; countries: Set<string> }>();

  constructor(
    private readonly sources: Sources,
    private readonly progress: Pick<Progress, 'ofEveryPeriod'>,
    private readonly publisher: Publisher,
    private readonly on: Standpoint,
  ) {}

  /** PIPAs, then pairings, then the programmes and components above them. */
  async *all(): AsyncGenerator<Activity> {
    const results = await this.results();
    for await (const { thing, illustrative } of this.known(pipa)) {
      const made = pipaActivity(thing, illustrative, results.get(pipaId(thing.id)), this.publisher);
      if (made) yield made;
    }
    for await (const { thing, illustrative } of this.known(pairing)) {
      const made = await this.pairing(thing, illustrative);
      if (made) yield made;
    }
    for await (const { thing, illustrative } of this.known(programme)) {
      const { id, stood } = thing;
      const seen = programme.seen(stood.folded.state as never);
      if (!seen) continue;
      const known = { ...seen, id, illustrative, stood };
      const below = new Map(
        [...this.below].map(([of, { pairings, countries }]): [string, Below] => [of, { pairings, countries: [...countries] }]),
      );
      yield* programmeActivities(known, below, results.get(programmeId(id)), this.publisher);
    }
  }

  private async *known(of: AnyLifecycle): AsyncGenerator<{ readonly thing: KnownThing; readonly illustrative: boolean }> {
    const { pool, streams } = this.sources;
    for await (const things of thingsKnown(pool, streams, of, this.on)) {
      const marked = await illustrating(pool, things, this.on.position);
      for (const thing of things) yield { thing, illustrative: marked.has(thing.id) };
    }
  }

  private async pairing(thing: KnownThing, illustrative: boolean): Promise<Activity | undefined> {
    const { course } = thing.stood.folded.state as Pairing;
    if (course.phase === 'absent') return undefined;
    const ids = course.sides.flatMap(({ members }) => members.map(({ party }) => party));
    const [parent] = await Promise.all([this.parentOf(course.call, course.component), this.meet(ids)]);
    const parties = new Map(ids.flatMap((id) => (this.parties.get(id) ? [[id, this.parties.get(id)!] as const] : [])));
    const book = this.sources.streams.rules.book;
    const made = pairingActivity(thing, { asOf: this.on.asOf, book, illustrative, parties, parent });
    if (made && parent !== undefined) {
      const above = this.below.get(parent) ?? { pairings: [], countries: new Set() };
      above.pairings.push(made.id);
      for (const country of made.countries) above.countries.add(country);
      this.below.set(parent, above);
    }
    return made;
  }

  private async meet(ids: readonly string[]): Promise<void> {
    const strangers = ids.filter((id) => !this.parties.has(id));
    const met = await askedOfEach(strangers, async (id) => {
      const { state } = (await stoodAt(this.sources.streams, party, id, { position: this.on.position })).folded;
      const identity = state['identity'] as Identity;
      return identity.phase === 'absent' ? undefined : identity;
    });
    strangers.forEach((id, i) => this.parties.set(id, met[i]));
  }

  /** The component that a call feeds, where it names a programme. */
  private async parentOf(id: string, component: string): Promise<string | undefined> {
    if (!this.parents.has(id)) {
      const { state } = (await stoodAt(this.sources.streams, call, id, { position: this.on.position })).folded;
      const course = state['call'] as Call;
      const named = course.phase === 'absent' ? undefined : course.opening.programme;
      this.parents.set(id, named === undefined ? undefined : componentId(named, component));
    }
    return this.parents.get(id);
  }

  /** By activity, what its frameworks tell. */
  private async results(): Promise<ReadonlyMap<string, Achieved>> {
    const found = new Map<string, Achieved>();
    for await (const { thing } of this.known(framework)) {
      const { id, stood } = thing;
      const open = stood.folded.state['framework'] as Framework;
      if (open.is === 'absent') continue;
      const { programme: of, pipa: ofPipa } = open.opened;
      const activity = of !== undefined ? programmeId(of) : ofPipa !== undefined ? pipaId(ofPipa) : undefined;
      const { asOf, position } = this.on;
      const [en, es, pt] = await Promise.all(
        languages.map((language) => this.progress.ofEveryPeriod(id, { asOf, position: String(position), language })),
      );
      if (activity === undefined || !en || !es || !pt) continue;
      const before = found.get(activity);
      const elements = resultElements(Object.keys(open.indicators), { en, es, pt }, this.publisher);
      found.set(activity, { updatedAt: updatedAt(stood, before), elements: [...(before?.elements ?? []), ...elements] });
    }
    return found;
  }
}

/** When nothing was known yet. */
const never = '1970-01-01T00:00:00Z';

/** IATI 2.03, an activity after the other: what the data can say, and nothing more. `docs/iati.md` says what is taken from where. */
export async function* iatiOf(
  sources: Sources,
  progress: Pick<Progress, 'ofEveryPeriod'>,
  publisher: Publisher,
  on: Standpoint,
): AsyncGenerator<string> {
  const write = await writer();
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<iati-activities version="2.03" generated-datetime="${on.knownAt ?? never}">\n`;
  for await (const activity of new IatiActivities(sources, progress, publisher, on).all())
    yield `${write(activityElement(activity, publisher))}\n`;
  yield '</iati-activities>\n';
}
