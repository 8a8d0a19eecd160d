import { KeyReused, Malformed, NotResponsible, problemAt, refusalKinds, UnknownReference } from '../engine/refused';
import { Rejected, vocabulary } from '../kernel/refusal';
import { BadAppend } from '../store/port';
import { TooDeep } from '../vault/command-hash';
import { languages } from '../words/say';
import { inWords } from './refusal-in-words';

const says = vocabulary({ NO_SUCH_GATE: 'There is no gate named {gate} here' });
const closed = new Rejected(
  { code: 'GATE_CLOSED', values: { gates: 'mission-before-plan' } },
  { gates: [{ gate: 'mission-before-plan', missing: [{ code: 'MISSION_HELD', values: {} }] }] },
);
const told = [
  [new Malformed([problemAt('name', 'MISSING')]), ['MALFORMED name: is missing', 'MALFORMED name: falta', 'MALFORMED name: falta']],
  [new TooDeep('deep'), ['MALFORMED data: is nested', 'MALFORMED data: tiene', 'MALFORMED data: tem']],
  [
    new UnknownReference('party', 'nobody'),
    [
      'UNKNOWN_REFERENCE There is no party nobody.',
      'UNKNOWN_REFERENCE No existe la parte nobody.',
      'UNKNOWN_REFERENCE Não existe a entidade nobody.',
    ],
  ],
  [
    new KeyReused('The key was used'),
    ['KEY_REUSED This Idempotency-Key', 'KEY_REUSED Esta Idempotency-Key', 'KEY_REUSED Esta Idempotency-Key'],
  ],
  [
    new NotResponsible(['call/c']),
    [
      'NOT_RESPONSIBLE This is for the officers assigned to call/c',
      'NOT_RESPONSIBLE Esto corresponde a los responsables asignados a call/c',
      'NOT_RESPONSIBLE Isto cabe aos responsáveis designados para call/c',
    ],
  ],
  [new BadAppend('too long'), ['NOT_STORABLE What', 'NOT_STORABLE Lo que', 'NOT_STORABLE O que']],
  [new RangeError('half a character'), ['NOT_STORABLE What', 'NOT_STORABLE Lo que', 'NOT_STORABLE O que']],
  [says.no('NO_SUCH_GATE', { gate: 'x' }), ['NO_SUCH_GATE There is no gate named x', 'NO_SUCH_GATE Aquí no hay', 'NO_SUCH_GATE']],
  [
    closed,
    [
      'GATE_CLOSED This cannot stand yet: “A mission before the UCAP” (',
      'GATE_CLOSED Todavía no puede constar: «Una misión antes del UCAP» (',
      'GATE_CLOSED Ainda não pode constar: «',
    ],
  ],
] as const;

describe('a line that was refused', () => {
  it.each(told)('%s is told with the code that HTTP answers, in the language asked for', (error, words) => {
    for (const [i, language] of languages.entries()) {
      const line = inWords(error, language);
      expect(line.slice(0, words[i]!.length)).toBe(words[i]);
      expect(line).not.toMatch(/[{}\n]/);
    }
  });

  it('has words whatever refused it', () => {
    for (const kind of refusalKinds) expect(told.filter(([error]) => error instanceof kind).map(() => kind.name)).toContain(kind.name);
  });
});
