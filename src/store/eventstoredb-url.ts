/** Where an EventStoreDB is, and who asks it. */
export interface Address {
  readonly connectionString: string;
  /** Sent with every call; over an insecure connection they are not, and any do. */
  readonly credentials: { readonly username: string; readonly password: string };
}

const form = /^esdb(?:\+discover)?:\/\/(?:([^:@/?]+):([^@/?]*)@)?[^@\s]+$/;

/**
 * Takes `esdb://[user:password@]host:2113[?tls=false]` or `esdb+discover://…`, as the client of EventStoreDB does.
 *
 * @throws Error that does not repeat the password
 */
export function parseEventStoreUrl(url: string): Address {
  const [matched, username, password] = form.exec(url) ?? [];
  if (matched === undefined) throw new Error('an EventStoreDB is at esdb://user:password@host:2113 or esdb+discover://…');
  const insecure = /[?&]tls=false(?:&|$)/i.test(url);
  if (username === undefined && !insecure) {
    throw new Error('an EventStoreDB with TLS needs a user and a password: esdb://user:password@host:2113; without TLS: …?tls=false');
  }
  const given = { username: decodeURIComponent(username ?? 'nobody'), password: decodeURIComponent(password ?? '') };
  return { connectionString: url, credentials: given };
}
