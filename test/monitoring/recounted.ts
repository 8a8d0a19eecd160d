import type { AskedByDimension } from '../../src/monitoring/asked';
import { Recount, type RecountedAnswer } from '../../src/monitoring/recounted';
import type { KnownStream } from '../../src/monitoring/recounted-facts';
import { kindOf } from '../../src/store/port';
import { dataSet, pairing, party } from './cooperation';
import { stored, type Told } from './told';

const lifecycles = { pairing, party, dataSet };

/** Figures and what straddles their date, counted again from what was told, as known at an instant. */
export const recounted = (told: Told, asked: readonly AskedByDimension[], asOf: string, knownAt: string): readonly RecountedAnswer[] => {
  const position = told.log.findLast(({ recordedAt }) => recordedAt <= knownAt)?.position ?? 0n;
  const streams = [...new Set(told.log.map(({ stream }) => stream))].map((stream): KnownStream => {
    const recorded = told.of(stream);
    const of = lifecycles[kindOf(stream) as keyof typeof lifecycles];
    return { of, stream, recorded, history: recorded.map(stored), book: () => undefined };
  });
  const recount = new Recount(asked.map((each) => ({ asked: each, asOf, position })));
  for (const each of streams) recount.look(each);
  for (const each of streams) recount.add(each);
  return recount.answers();
};
