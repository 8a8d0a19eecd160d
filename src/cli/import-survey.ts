import { createHash } from 'node:crypto';
import { v5 } from 'uuid';

/** uuid namespace of imports: a request over HTTP never has an id of it. */
const imports = '0d3b3a8e-6a0f-4d3b-9d0e-6c2a52a2f7b1';

/** The lines of a file, as bytes, without what ends them; a file is never whole in memory. */
export async function* linesOf(chunks: AsyncIterable<Buffer> | Iterable<Buffer>): AsyncGenerator<Buffer> {
  let begun: Buffer[] = [];
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      yield Buffer.concat([...begun, chunk.subarray(from, end)]);
      begun = [];
      from = end + 1;
    }
    if (from < chunk.length) begun.push(chunk.subarray(from));
  }
  if (begun.length > 0) yield Buffer.concat(begun);
}

/** The data set that a line is about. */
const dataSetIn = (line: Buffer): string | undefined => {
  if (!line.includes('dataSet')) return undefined;
  try {
    const { to } = JSON.parse(line.toString()) as { readonly to?: unknown };
    return typeof to === 'string' && to.startsWith('dataSet/') ? to : undefined;
  } catch {
    return undefined;
  }
};

/**
 * What is known of a file before anything of it is executed. Its correlation id is that of the first data set it is about, so that
 * the mended file goes on with what was recorded from it before; of its bytes where it is about none.
 */
export const survey = async (
  chunks: AsyncIterable<Buffer> | Iterable<Buffer>,
): Promise<{ readonly lines: number; readonly correlationId: string }> => {
  const digest = createHash('sha256');
  let lines = 0;
  let dataSet: string | undefined;
  for await (const line of linesOf(chunks)) {
    digest.update(line).update('\n');
    lines += 1;
    dataSet ??= dataSetIn(line);
  }
  return { lines, correlationId: v5(dataSet ?? digest.digest('hex'), imports) };
};
