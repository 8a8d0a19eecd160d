import { KeyReused, Malformed, problemAt, UnknownReference } from '../engine/refused';
import { vocabulary } from '../kernel/refusal';
import { BadAppend } from '../store/port';
import { inWords } from './refusal-in-words';

const says = vocabulary({ NO_SUCH_GATE: 'There is no gate named {gate} here' });

describe('a line that was refused', () => {
  it.each([
    [new Malformed([problemAt('name', 'MISSING')]), 'MALFORMED name: is missing'],
    [new UnknownReference('party', 'nobody'), 'UNKNOWN_REFERENCE There is no party nobody'],
    [new KeyReused('The key was used for another command on party-malaga'), 'KEY_REUSED The key was used'],
    [new BadAppend('too long'), 'NOT_STORABLE too long'],
    [new RangeError('Maximum call stack size exceeded'), 'FAILED Maximum call stack'],
    [says.no('NO_SUCH_GATE', { gate: 'x' }), 'NO_SUCH_GATE There is no gate'],
  ])('%s is told with the code that HTTP answers', (error, words) => expect(inWords(error)).toContain(words));
});
