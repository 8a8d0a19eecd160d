import type { Day } from '../kernel/partial-date';
import { type Language, say } from '../words/say';
import { durationsOn, type DurationsOnADay } from './board-durations';
import type { BoardPairing } from './board-row';
import type { PartyNames } from './sentences';

interface Named {
  readonly id: string;
  readonly name: string;
}

/** A pairing as an officer sees it on a day. */
export interface BoardEntry extends Omit<BoardPairing, 'sides' | 'networks' | 'nextStep'>, DurationsOnADay {
  readonly sides: readonly { readonly side: string; readonly parties: readonly Named[] }[];
  readonly networks: readonly Named[];
  /** Left out where the pairing has ended. */
  readonly nextStep?: {
    readonly step: string;
    readonly label: string;
    /** What somebody has to do for it. */
    readonly toDo: InWords;
    /** What stands in the way of doing it now. */
    readonly lacks: readonly InWords[];
  };
}
interface InWords {
  readonly code: string;
  readonly sentence: string;
  readonly values: Readonly<Record<string, string | number>>;
}

/** How pairings are told to a reader on a day: all their names are asked for at once. */
export const entriesOf = async (
  names: PartyNames,
  pairings: readonly BoardPairing[],
  { language, on }: { readonly language: Language; readonly on: Day },
): Promise<(shown: BoardPairing) => BoardEntry> => {
  const known = await names.named([
    ...new Set(pairings.flatMap(({ sides, networks }) => [...sides.flatMap(({ parties }) => parties), ...networks])),
  ]);
  const named = (id: string): Named => ({ id, name: known.get(id) ?? id });
  return (shown) => {
    const { sides, networks, nextStep, ...rest } = shown;
    return {
      ...rest,
      sides: sides.map(({ side, parties }) => ({ side, parties: parties.map(named) })),
      networks: networks.map(named),
      ...(nextStep && {
        nextStep: {
          step: nextStep.step,
          label: say(language, 'words', nextStep.step),
          toDo: { ...nextStep.toDo, sentence: say(language, 'toDo', nextStep.toDo.code, nextStep.toDo.values) },
          lacks: nextStep.lacks.map(({ code, values }) => ({ code, values, sentence: say(language, 'refusals', code, values) })),
        },
      }),
      ...durationsOn(shown, on),
    };
  };
};
