import { plainWords } from './plain-words';

describe('the words of a name', () => {
  it.each([
    ['Consórcio Grande ABC', ['consorcio', 'grande', 'abc']],
    ["O'Higgins", ['o', 'higgins']],
    ['Łódź, Øster-Gießen', ['lodz', 'oster', 'giessen']],
    ['Πειραιάς', ['πειραιας']],
    ['São São', ['sao']],
    [' — ', []],
  ])('of %s are small letters without accents', (text, words) => expect(plainWords(text)).toEqual(words));
});
