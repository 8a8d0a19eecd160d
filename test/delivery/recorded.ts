import { v5 } from 'uuid';
import type { EventStore, NewEvent } from '../../src/store/port';
import { words } from '../given';

/** Who recorded what is told here. */
export const owner = 'c0a1f0de-0000-4000-8000-000000000001';
const ids = '4b0cf3d5-5d1a-4f5e-9a41-1a2b3c4d5e6f';

/** What such events hold, but for what a test says. */
export const samples: Readonly<Record<string, NewEvent['data']>> = {
  MissionHeld: { mission: 1, mode: 'in-person', from: '2020-05-04', to: '2020-05-08', place: 'Cali', delegates: 4 },
  PartyRegistered: { name: 'Cali', kind: 'city', countries: ['CO'] },
  FactCorrected: { authority: 'unit', reason: words('Counted twice') },
  ApplicationAssessed: { assessor: 'someone', criteriaVersion: 1, criteria: [], scores: [], comment: words('Good') },
  ClaimPublished: {
    ...{
      about: { en: 'Pairings', es: 'Emparejamientos', pt: 'Parcerias' },
      value: 26,
      comparator: '=',
      against: [],
      notCountable: 'Never counted',
    },
    source: { document: 'Newsletter', date: '2020', says: '26 pairings' },
  },
};

export interface Told {
  readonly stream: string;
  readonly type: string;
  readonly data?: NewEvent['data'];
  readonly dimensions?: Readonly<Record<string, string>>;
  readonly occurredOn?: string;
}

/** Appends an event behind those of its stream, as a command would have recorded it; its id follows from where it stands. */
export const tell = async (store: EventStore, { stream, type, data, dimensions, occurredOn = '2020-05' }: Told): Promise<string> => {
  const revision = (await store.read(stream)).length;
  await store.append(
    stream,
    [
      {
        id: v5(`${stream}@${revision}`, ids),
        type,
        data: { ...samples[type], ...data },
        metadata: {
          ...{ occurredOn, actor: owner, roles: ['programme-officer'] },
          ...{ commandId: v5(`command ${stream}@${revision}`, ids), commandHash: 'none', correlationId: 'told' },
          ...(dimensions && { dimensions }),
        },
      },
    ],
    revision === 0 ? 'none' : revision - 1,
  );
  return `${stream}@${revision}`;
};

/** A frame of server-sent events. */
export interface Frame {
  readonly id?: string;
  readonly data?: {
    readonly id: string;
    readonly type: string;
    readonly sequence: string;
    readonly data?: object;
    readonly reserved?: true;
  };
}

/** Reads frames of server-sent events until told to stop, or the stream ends. */
export async function* framesOf(answer: Response): AsyncGenerator<Frame> {
  let text = '';
  for await (const chunk of answer.body!.pipeThrough(new TextDecoderStream()) as unknown as AsyncIterable<string>) {
    text += chunk;
    const frames = text.split('\n\n');
    text = frames.pop()!;
    for (const frame of frames) {
      const field = (name: string) =>
        frame
          .split('\n')
          .find((line) => line.startsWith(`${name}: `))
          ?.slice(name.length + 2);
      const [id, data] = [field('id'), field('data')];
      yield { ...(id !== undefined && { id }), ...(data !== undefined && { data: JSON.parse(data) as NonNullable<Frame['data']> }) };
    }
  }
}
