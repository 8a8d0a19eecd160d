import { linesOf, survey } from './import-survey';

const piecesOf = (text: string, size: number) => {
  const bytes = Buffer.from(text);
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => bytes.subarray(i * size, (i + 1) * size));
};
const declared = '{"to":"dataSet/iuc","do":"DeclareDataSet","data":{}}';
const other = '{"to":"dataSet/other","do":"DeclareDataSet","data":{}}';
const party = '{"to":"party/malaga","do":"RegisterParty","data":{"name":"the dataSet/iuc of Málaga"}}';
const idOf = async (...lines: string[]) => (await survey([Buffer.from(lines.join('\n'))])).correlationId;

describe('a file that is about to be imported', () => {
  it.each([1, 2, 3, 7, 100])('is read line by line, in pieces of %i bytes', async (size) => {
    const lines: string[] = [];
    for await (const line of linesOf(piecesOf('á\u2028b\r\n\n{"a":1}\nlast', size))) lines.push(line.toString());
    expect(lines).toEqual(['á\u2028b\r', '', '{"a":1}', 'last']);
  });
  it.each([
    ['', 0],
    ['a', 1],
    ['a\n', 1],
    ['a\n\nb', 3],
  ])('%j has so many lines', async (text, lines) => expect((await survey(piecesOf(text, 2))).lines).toBe(lines));

  it('keeps its id when a line is mended, where it is about a data set', async () => {
    const id = await idOf('// IUC', declared, party);
    expect(await idOf(party, declared, '{"to":', other)).toBe(id);
    expect(await idOf(other, declared, party)).not.toBe(id);
  });
  it('has the id of its bytes, where it is about none', async () => {
    const id = await idOf(party);
    expect(await idOf(party)).toBe(id);
    expect(await idOf(party, '')).toBe(id);
    expect(await idOf(party, party)).not.toBe(id);
    expect(await idOf(declared)).not.toBe(id);
  });
});
