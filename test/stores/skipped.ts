/** What is not examined here is said aloud, whichever reporter is used. */
export const saySkipped = (what: string, why: string): void => void process.stderr.write(`\n*** SKIPPED: ${what}. ${why} ***\n\n`);
