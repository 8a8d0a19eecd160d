import {
  Metadata,
  Server,
  ServerCredentials,
  status,
  type sendUnaryData,
  type ServerReadableStream,
  type ServerWritableStream,
} from '@grpc/grpc-js';
import { SupportedMethod, SupportedMethods } from '@eventstore/db-client/generated/serverfeatures_pb';
import { ServerFeaturesService } from '@eventstore/db-client/generated/serverfeatures_grpc_pb';
import { StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb';
import { AppendReq, AppendResp, type ReadReq, type ReadResp } from '@eventstore/db-client/generated/streams_pb';
import { EventStoreDbLog, mostBytes, type Answered, type Expectation, type Proposed } from './eventstoredb-log';
import { empty, failure, nameOf, send } from './eventstoredb-sending';

/** What becomes of the next append: whether it is written, and what the caller hears. */
export interface Fault {
  readonly written: boolean | Promise<unknown>;
  /** Nothing: silence. */
  readonly answer?: { readonly code: status; readonly details: string; readonly metadata?: Metadata };
}

/** A server of EventStoreDB inside the test's process, over real gRPC, that fails when it is told to. */
export class EventStoreDbDouble {
  readonly log = new EventStoreDbLog();
  /** Calls that the adapter must never make. */
  readonly forbidden: string[] = [];
  private readonly faults: Fault[] = [];
  private readonly reading = new Set<ServerWritableStream<ReadReq, ReadResp>>();
  private server: Server | undefined;
  private port = 0;
  private silent = false;
  private shortened: { readonly messages: number; readonly code: status } | undefined;
  private refusing: { readonly code: status; readonly details: string; times: number } | undefined;
  private arrived: () => void = () => undefined;

  static async start(): Promise<EventStoreDbDouble> {
    const double = new EventStoreDbDouble();
    await double.listen();
    return double;
  }

  get url(): string {
    return `esdb://127.0.0.1:${this.port}?tls=false`;
  }

  /** @returns what resolves when an append has come that the fault befalls */
  failNextAppend(fault: Fault): Promise<void> {
    this.faults.push(fault);
    return new Promise((resolve) => (this.arrived = resolve));
  }

  /** Every read that is under way fails in the middle. */
  breakReads(code: status, details = 'broken'): void {
    for (const call of this.reading) call.emit('error', failure(code, details));
    this.reading.clear();
  }

  /** Every read that is under way ends as if all were well. */
  endReads(): void {
    for (const call of this.reading) call.end();
    this.reading.clear();
  }

  /** The faults that have not happened yet will not. */
  forgetFaults(): void {
    this.faults.length = 0;
  }

  /** The next read ends after so many messages: as if all were well, or with an error. */
  cutShort(messages: number, code = status.OK): void {
    this.shortened = { messages, code };
  }

  refuseReads(times: number, code: status, details: string): void {
    this.refusing = { code, details, times };
  }

  /** Reads are taken and never answered. */
  fallSilent(silent: boolean): void {
    this.silent = silent;
  }

  /** As a kill: connections break, and nobody listens. */
  kill(): void {
    this.server?.forceShutdown();
    this.server = undefined;
    this.reading.clear();
    this.log.forget();
  }

  /** Listens at the port it had before; nothing where it still does. */
  async listen(): Promise<void> {
    if (this.server) return;
    const server = (this.server = new Server());
    server.addService(StreamsService, {
      read: (call: ServerWritableStream<ReadReq, ReadResp>) => void this.read(call),
      append: (call: ServerReadableStream<AppendReq, AppendResp>, answer: sendUnaryData<AppendResp>) =>
        // A client that is cut off before it has sent all has sent nothing.
        void this.append(call, answer).catch(() => call.destroy()),
      batchAppend: () => void this.forbidden.push('batchAppend'),
      delete: () => void this.forbidden.push('delete'),
      tombstone: () => void this.forbidden.push('tombstone'),
    });
    server.addService(ServerFeaturesService, {
      getSupportedMethods: (_: unknown, answer: sendUnaryData<SupportedMethods>) => {
        this.forbidden.push('getSupportedMethods');
        const method = new SupportedMethod().setServiceName('event_store.client.streams.streams').setMethodName('batchappend');
        answer(null, new SupportedMethods().setMethodsList([method]).setEventStoreServerVersion('24.2.0'));
      },
    });
    this.port = await new Promise<number>((resolve, reject) =>
      server.bindAsync(`127.0.0.1:${this.port}`, ServerCredentials.createInsecure(), (error, port) =>
        error ? reject(error) : resolve(port),
      ),
    );
  }

  private async read(call: ServerWritableStream<ReadReq, ReadResp>): Promise<void> {
    this.reading.add(call);
    if (this.silent) return;
    if (this.shortened !== undefined) this.shorten(call, this.shortened);
    this.shortened = undefined;
    try {
      if (this.refusing && this.refusing.times > 0) {
        this.refusing.times -= 1;
        throw failure(this.refusing.code, this.refusing.details);
      }
      await send(call, this.log);
      if (this.reading.delete(call)) call.end();
    } catch (error) {
      if (this.reading.delete(call)) call.emit('error', error);
    }
  }

  private shorten(call: ServerWritableStream<ReadReq, ReadResp>, { messages, code }: { messages: number; code: status }): void {
    const write = call.write.bind(call) as (message: ReadResp) => boolean;
    let left = messages;
    call.write = (message: ReadResp) => {
      left -= 1;
      if (left >= 0) return write(message);
      if (!this.reading.delete(call)) return true;
      if (code === status.OK) call.end();
      else call.emit('error', failure(code, 'broken'));
      return true;
    };
  }

  private async append(call: ServerReadableStream<AppendReq, AppendResp>, answer: sendUnaryData<AppendResp>): Promise<void> {
    let options: AppendReq.Options | undefined;
    const events: Proposed[] = [];
    for await (const message of call as AsyncIterable<AppendReq>) {
      options ??= message.getOptions();
      const proposed = message.getProposedMessage();
      if (!proposed) continue;
      const metadata = proposed.getMetadataMap();
      events.push({
        id: proposed.getId()!.getString().toLowerCase(),
        type: metadata.get('type')!,
        contentType: metadata.get('content-type')!,
        data: proposed.getData_asU8(),
        metadata: proposed.getCustomMetadata_asU8(),
      });
    }
    const fault = this.faults.shift();
    if (fault) this.arrived();
    const bytes = events.reduce((sum, { type, data, metadata }) => sum + 2 * type.length + data.length + metadata.length, 0);
    if (bytes > mostBytes) {
      const metadata = new Metadata();
      metadata.set('exception', 'maximum-append-size-exceeded');
      metadata.set('maximum-append-size', String(mostBytes));
      answer(Object.assign(failure(status.INVALID_ARGUMENT, `Maximum Append Size of ${mostBytes} Exceeded.`), { metadata }));
      return;
    }
    if (fault) await fault.written;
    const written =
      fault?.written === false ? undefined : this.log.append(nameOf(options!.getStreamIdentifier()), events, expectationOf(options!));
    if (fault?.answer) answer(Object.assign(failure(fault.answer.code, fault.answer.details), fault.answer));
    else if (!fault || fault.written instanceof Promise) answer(null, answerOf(written!, options!));
  }
}

const expectationOf = (options: AppendReq.Options): Expectation =>
  options.getNoStream() ? 'none' : options.getAny() ? 'any' : options.getStreamExists() ? 'exists' : Number(options.getRevision());

function answerOf(answered: Answered, options: AppendReq.Options): AppendResp {
  if (answered.is === 'wrong') {
    const wrong = new AppendResp.WrongExpectedVersion();
    if (options.getNoStream()) wrong.setExpectedNoStream(empty());
    else wrong.setExpectedRevision(options.getRevision());
    if (answered.actual === undefined) wrong.setCurrentNoStream(empty());
    else wrong.setCurrentRevision(String(answered.actual));
    return new AppendResp().setWrongExpectedVersion(wrong);
  }
  const position = String(answered.position);
  const success = new AppendResp.Success().setPosition(new AppendResp.Position().setCommitPosition(position).setPreparePosition(position));
  if (answered.revision === undefined) success.setNoStream(empty());
  else success.setCurrentRevision(String(answered.revision));
  return new AppendResp().setSuccess(success);
}
