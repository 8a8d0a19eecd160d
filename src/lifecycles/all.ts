import type { CorrectionEvents } from '../kernel/corrections';
import type { AllCommands, AllEvents, AllSeen, AnyLifecycle } from '../kernel/lifecycle';
import { application } from './application';
import { call } from './call';
import { claim } from './claim';
import { dataSet } from './data-set';
import { deadline } from './deadline';
import type { EventType } from './events';
import { evaluation } from './evaluation';
import { framework } from './framework';
import { indicator } from './indicator';
import { pacci } from './pacci';
import { pairing } from './pairing';
import { party } from './party';
import { pipa } from './pipa';
import { programme } from './programme';
import { ruleSet } from './rule-set';
import { subscription } from './subscription';

/** A map of the system: everything that can be recorded is a lifecycle of this list. */
export const lifecycles = {
  ...{ ruleSet, party, programme, call, application, pairing, dataSet },
  ...{ indicator, claim, pipa, pacci, framework, evaluation, deadline, subscription },
};

/** The lifecycle of the streams of a kind. */
export const lifecycleNamed = (kind: string): AnyLifecycle | undefined => (lifecycles as Readonly<Record<string, AnyLifecycle>>)[kind];

type All = typeof lifecycles;
/** Every command of a lifecycle; two lifecycles that take one of the same name mean the same by it. */
export type CommandName = { [K in keyof All]: keyof AllCommands<All[K]['parts']> }[keyof All];
type Shown = { readonly [K in keyof All]: NonNullable<ReturnType<All[K]['seen']>> };
/** A lifecycle whose parts read of another what that one does not show: then this does not compile. */
type ReadingInVain = { [K in keyof All]: Shown extends AllSeen<All[K]['parts']> ? never : K }[keyof All];
export const everyReadIsShown: [ReadingInVain] extends [never] ? true : never = true;

/** `events.ts` names exactly the events that the lifecycles and the kernel keep: otherwise this does not compile. */
type Kept = { [K in keyof All]: keyof AllEvents<All[K]['parts']> }[keyof All] | keyof CorrectionEvents;
export const everyEventIsNamed: [Exclude<Kept, EventType>, Exclude<EventType, Kept>] extends [never, never] ? true : never = true;
