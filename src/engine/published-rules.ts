import { fold } from '../kernel/history';
import { ruleSet, ruleSetNamed } from '../lifecycles/rule-set';
import { type EventStore, streamOf } from '../store/port';
import { Rules } from './rules';
import { storedFrom } from './streams';

/** Rule sets as their streams hold them. */
export const rulesIn = (store: EventStore): Rules =>
  new Rules(async (id, version) => {
    const history = (await store.read(streamOf(ruleSet.name, id))).map(storedFrom);
    return ruleSetNamed(id, fold(ruleSet, history, () => undefined).state as Parameters<typeof ruleSetNamed>[1], version);
  });
