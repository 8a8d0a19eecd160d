import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Embedded, startEmbedded } from '../../src/store/embedded';
import { clusterFolder } from '../cluster/folder';
import { onServer, queryServer, withDatabase } from '../cluster/server';
import { makeTemplate } from '../cluster/start';

/** A PostgreSQL of its own that is killed and comes back. */
export class KilledServer {
  private readonly uses: Embedded[] = [];
  private databases = 0;

  private constructor(private readonly home: string) {}

  static async start(): Promise<KilledServer> {
    const server = new KilledServer(clusterFolder());
    await server.revive();
    await makeTemplate(server.url, 'template');
    return server;
  }

  private get url(): string {
    return this.uses[0]!.url;
  }

  /** An empty database, migrated. */
  async database(): Promise<string> {
    const name = `chaos_${(this.databases += 1)}`;
    await onServer(this.url, `create database ${name} template template`);
    return withDatabase(this.url, name);
  }
  async drop(url: string): Promise<void> {
    await onServer(this.url, `drop database ${new URL(url).pathname.slice(1)} with (force)`);
  }

  /** Kills the whole server, or one session of a store that is at work: PostgreSQL then ends all and recovers. */
  async kill(what: 'postmaster' | 'session'): Promise<void> {
    const postmaster = Number(readFileSync(join(this.home, 'postgres', 'data', 'postmaster.pid'), 'utf8').split('\n')[0]);
    if (what === 'postmaster') process.kill(postmaster, 'SIGKILL');
    else {
      const sessions = await queryServer<{ pid: number }>(
        this.url,
        `select pid from pg_stat_activity where application_name = 'puente store' order by state <> 'active', random() limit 1`,
      );
      process.kill(sessions[0]?.pid ?? postmaster, 'SIGKILL');
    }
    await this.revive();
  }
  private async revive(): Promise<void> {
    for (;;) {
      this.uses.push(await startEmbedded({ home: this.home, log: () => undefined }));
      // A server that is about to end may have answered once more.
      if (
        await queryServer(this.url, 'select 1').then(
          () => true,
          () => false,
        )
      )
        return;
    }
  }

  async close(): Promise<void> {
    for (const use of this.uses) await use.stop();
    rmSync(this.home, { recursive: true, force: true });
  }
}
