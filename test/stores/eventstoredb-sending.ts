import { type ServerWritableStream, status } from '@grpc/grpc-js';
import { Empty, StreamIdentifier, UUID } from '@eventstore/db-client/generated/shared_pb';
import { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb';
import type { Entry, EventStoreDbLog } from './eventstoredb-log';

type Call = ServerWritableStream<ReadReq, ReadResp>;
type Options = ReadReq.Options;

/** Events that a subscription looks at in one go. */
const window = 32;

export const failure = (code: status, details: string) => Object.assign(new Error(details), { code, details });

const nameOf = (identifier: StreamIdentifier | undefined) => Buffer.from(identifier!.getStreamName_asU8()).toString('utf8');

function messageOf(entry: Entry): ReadResp {
  const recorded = new ReadResp.ReadEvent.RecordedEvent();
  recorded.setId(new UUID().setString(entry.id));
  recorded.setStreamIdentifier(new StreamIdentifier().setStreamName(Buffer.from(entry.stream)));
  recorded.setStreamRevision(String(entry.revision));
  recorded.setCommitPosition(String(entry.position)).setPreparePosition(String(entry.position));
  recorded.getMetadataMap().set('type', entry.type).set('content-type', entry.contentType);
  recorded.getMetadataMap().set('created', String(BigInt(entry.created.getTime()) * 10_000n));
  recorded.setData(entry.data).setCustomMetadata(entry.metadata);
  const event = new ReadResp.ReadEvent().setEvent(recorded).setCommitPosition(String(entry.position));
  return new ReadResp().setEvent(event);
}

function matcher(options: Options): (entry: Entry) => boolean {
  const filter = options.getFilter();
  if (!filter) return () => true;
  const [expression, textOf] = filter.getEventType()
    ? [filter.getEventType()!, (entry: Entry) => entry.type]
    : [filter.getStreamIdentifier()!, (entry: Entry) => entry.stream];
  const regex = expression.getRegex();
  const test = regex
    ? (text: string) => new RegExp(regex).test(text)
    : (text: string) => expression.getPrefixList().some((prefix) => text.startsWith(prefix));
  return (entry) => test(textOf(entry));
}

/** Answers one call of `Read`; resolves when nothing more is to be sent. Ends no call: whoever called does. */
export async function send(call: Call, log: EventStoreDbLog): Promise<void> {
  const options = call.request.getOptions()!;
  if (options.getStream()) return sendStream(call, log, options);
  if (options.getSubscription()) return subscribe(call, log, options);
  return sendAll(call, log, options);
}

/** How much was sent, over all reads. */
export const sent = { messages: 0 };

async function write(call: Call, message: ReadResp): Promise<void> {
  sent.messages += 1;
  if (call.write(message) || !isOpen(call)) return;
  await new Promise<void>((resolve) => {
    const on = () => {
      call.off('drain', on).off('cancelled', on);
      resolve();
    };
    call.on('drain', on).on('cancelled', on);
  });
}

async function sendStream(call: Call, log: EventStoreDbLog, options: Options): Promise<void> {
  const wanted = options.getStream()!;
  const entries = log.of(nameOf(wanted.getStreamIdentifier()));
  if (entries.length === 0) {
    call.write(new ReadResp().setStreamNotFound(new ReadResp.StreamNotFound().setStreamIdentifier(wanted.getStreamIdentifier())));
    return;
  }
  const backwards = options.getReadDirection() === ReadReq.Options.ReadDirection.BACKWARDS;
  const from = wanted.getStart() ? 0 : wanted.getEnd() ? entries.length - 1 : Number(wanted.getRevision());
  const ordered = backwards ? entries.slice(0, from + 1).reverse() : entries.slice(from);
  for (const entry of ordered.slice(0, Number(options.getCount()))) await write(call, messageOf(entry));
}

/** Forwards from a position inclusive, backwards exclusive; a filter is not heeded. */
async function sendAll(call: Call, log: EventStoreDbLog, options: Options): Promise<void> {
  const all = options.getAll()!;
  const position = BigInt(all.getPosition()?.getCommitPosition() ?? 0);
  if (all.getPosition() && !log.isEvent(position)) throw failure(status.UNKNOWN, 'Unexpected ReadAllResult: InvalidPosition');
  const backwards = options.getReadDirection() === ReadReq.Options.ReadDirection.BACKWARDS;
  const from = all.getStart() ? 0 : all.getEnd() ? log.entries.length : log.above(position) - 1;
  const ordered = backwards ? log.entries.slice(0, from).reverse() : log.entries.slice(from);
  for (const entry of ordered.slice(0, Number(options.getCount()))) {
    if (!isOpen(call)) return;
    await write(call, messageOf(entry));
  }
}

/** After a position, exclusive: what there is, the news that this was all, and what comes, until the call is ended. */
async function subscribe(call: Call, log: EventStoreDbLog, options: Options): Promise<void> {
  const all = options.getAll()!;
  const position = all.getPosition() ? BigInt(all.getPosition()!.getCommitPosition()) : all.getEnd() ? log.last : -1n;
  if (position >= 0n && position < log.last && !log.isEvent(position)) {
    throw failure(status.INVALID_ARGUMENT, 'Trying to read from an invalid position.');
  }
  const matches = matcher(options);
  const interval = window * (options.getFilter()?.getCheckpointintervalmultiplier() ?? 1);
  call.write(new ReadResp().setConfirmation(new ReadResp.SubscriptionConfirmation().setSubscriptionId('double')));
  let next = log.above(position);
  let [considered, live] = [0, false];
  let wake: () => void = () => undefined;
  const stop = log.onWritten(() => wake());
  call.on('cancelled', () => wake());
  try {
    while (isOpen(call)) {
      const written = new Promise<void>((resolve) => (wake = resolve));
      for (; next < log.entries.length && isOpen(call); next += 1) {
        const entry = log.entries[next]!;
        if (entry.position <= position) continue;
        considered += 1;
        if (matches(entry)) await write(call, messageOf(entry));
        if (options.getFilter() && considered % interval === 0) call.write(checkpointAt(entry.position));
      }
      if (!live) call.write(new ReadResp().setCaughtUp(new ReadResp.CaughtUp()));
      live = true;
      if (next < log.entries.length) continue;
      await written;
    }
  } finally {
    stop();
  }
}

const checkpointAt = (position: bigint) =>
  new ReadResp().setCheckpoint(new ReadResp.Checkpoint().setCommitPosition(String(position)).setPreparePosition(String(position)));

export const empty = () => new Empty();
export { nameOf };

// A function, because it changes while the client works.
const isOpen = (call: Call) => !call.cancelled && !call.destroyed && !call.writableEnded;
