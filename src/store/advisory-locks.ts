/** Advisory locks of a database, each for one purpose: any numbers will do, as long as no two are the same. */
export const advisoryLocks = {
  /** Steps of the schema are applied. */
  migrating: '7310579340',
  /** The schema is made in which tables are filled anew. */
  makingSchemas: '7310579341',
  /** A copy reads from the store, or writes to it. */
  copying: '7310579342',
} as const;
