import { Client, DatabaseError, type ClientConfig, type QueryResult, type QueryResultRow } from 'pg';
import { OutcomeUnknown, Unavailable } from './port';

/** A statement that each session parses once under its name. */
export interface Statement {
  readonly name: string;
  readonly text: string;
  readonly values: unknown[];
  /** Rows as lists of their columns, which takes less than as objects. */
  readonly rowMode?: 'array';
}

/** How a connection is made and kept. */
export interface Session {
  readonly config: ClientConfig;
  /** Statements that each new session begins with. */
  readonly settings: readonly string[];
  /** Milliseconds after which an answer no longer counts and the connection is given up. */
  readonly deadline: number;
  /** Called for each notification. */
  readonly onNotice?: () => void;
}

/** One connection of its own, made when it is first needed and made again after a loss. */
export class Connection {
  private current: Promise<Client> | undefined;

  constructor(private readonly session: Session) {}

  /** @throws Unavailable when no session can be had; nothing was sent */
  async open(): Promise<Client> {
    const attempt = (this.current ??= this.connect());
    try {
      return await attempt;
    } catch (error) {
      if (this.current === attempt) this.current = undefined;
      throw new Unavailable(`PostgreSQL cannot be reached: ${(error as Error).message}`, { cause: error });
    }
  }

  /**
   * @throws Unavailable when it was certainly not sent
   * @throws OutcomeUnknown when it was sent and no answer came
   * @throws DatabaseError (of `pg`) when the server refused it and changed nothing
   */
  async run<Row extends QueryResultRow>(statement: Statement): Promise<QueryResult<Row>> {
    const client = await this.open();
    const timer = setTimeout(() => this.giveUp(client), this.session.deadline);
    try {
      return await client.query<Row>(statement);
    } catch (error) {
      if (isRefusal(error)) throw error;
      this.giveUp(client);
      throw new OutcomeUnknown(`PostgreSQL did not answer: ${(error as Error).message}`, { cause: error });
    } finally {
      clearTimeout(timer);
    }
  }

  async close(): Promise<void> {
    const client = await this.current?.catch(() => undefined);
    this.current = undefined;
    await client?.end().catch(() => undefined);
  }

  private async connect(): Promise<Client> {
    const { config, settings, deadline, onNotice } = this.session;
    const client = new Client({ connectionTimeoutMillis: deadline, keepAlive: true, ...config });
    const lost = () => this.giveUp(client);
    client.on('error', lost);
    client.on('end', lost);
    if (onNotice) client.on('notification', onNotice);
    this.made.add(client);
    // Its own limit covers the connecting alone; a server may fall silent after it.
    const timer = setTimeout(lost, deadline);
    try {
      await client.connect();
      for (const setting of settings) await client.query(setting);
      return client;
    } catch (error) {
      lost();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  private readonly made = new WeakSet<Client>();

  private giveUp(client: Client): void {
    if (!this.made.delete(client)) return;
    this.current = undefined;
    // Ending it politely would wait for the answer that does not come.
    client.connection.stream.destroy();
  }
}

/**
 * Whether the server refused the statement and rolled it back. Errors that end the session (classes 08, 57, XX, 25P0x) may come after
 * the commit. The severity would say so too, but it is translated.
 */
export function isRefusal(error: unknown): error is DatabaseError & { code: string } {
  return error instanceof DatabaseError && error.code !== undefined && !/^(?:08|57|XX|25P0)/.test(error.code);
}
