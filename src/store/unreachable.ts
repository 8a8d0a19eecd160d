/** The database cannot be reached, or lets nobody in; the message says why. */
export class DatabaseUnreachable extends Error {}

const network = ['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOENT', 'EACCES'];
/** Of PostgreSQL: wrong account or password, no such database, starting or stopping, too many connections. */
const server = ['28000', '28P01', '3D000', '57P03', '53300'];

/** For `catch` of the first use of a database. @throws DatabaseUnreachable, or the error as it is where it is another one */
export const asUnreachable = (error: unknown): never => {
  const { code, syscall, message, errors } = error as NodeJS.ErrnoException & { readonly errors?: readonly Error[] };
  if (code === undefined || !(server.includes(code) || (network.includes(code) && (syscall !== undefined || errors !== undefined))))
    throw error;
  // Where a name has several addresses, each was tried, and only together they are an error without words.
  const why = message || (errors ?? []).map((each) => each.message).join(', ') || code;
  throw new DatabaseUnreachable(`The database that DATABASE_URL names cannot be opened: ${why}`, { cause: error });
};
