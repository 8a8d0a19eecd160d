import { on } from './server';

/** How many of these a second, done once. */
export const rateOf = async (count: number, work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  await work();
  return count / ((performance.now() - began) / 1000);
};

/** Whether both ways came to the same rows: otherwise nothing is compared. @throws Error with how many differ */
export const mustBeTheSame = (
  url: string,
  { made, byHand, rows: expected }: Readonly<Record<'made' | 'byHand', string>> & { readonly rows: number },
) =>
  on(url, async (client) => {
    const { rows } = await client.query<{ all: string; other: string }>(`
      select (select count(*) from ${made}) as all, (select count(*) from (
        (select to_jsonb(t) from ${made} t except all select to_jsonb(t) from ${byHand} t) union all
        (select to_jsonb(t) from ${byHand} t except all select to_jsonb(t) from ${made} t)) d) as other`);
    const { all, other } = rows[0]!;
    if (Number(all) !== expected || Number(other) !== 0) throw new Error(`${other} of ${all} rows differ from those written by hand`);
  });
