import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FieldProblemCode, fieldProblems, inEnglish } from '../../src/kernel/fields-problems';
import { partsOf } from '../../src/kernel/lifecycle';
import { refusals } from '../../src/kernel/refusal';
import { lifecycles } from '../../src/lifecycles/all';
import type { EventType } from '../../src/lifecycles/events';
import { stepNames, toDoNames } from '../../src/lifecycles/pairing-steps';
import { Sentences } from '../../src/reading/sentences';
import { gateNames, valuesInWords } from '../../src/words/dictionary';
import { ofRankings } from '../../src/words/of-rankings';
import { ofExports } from '../../src/words/of-exports';
import { ofReports } from '../../src/words/of-reports';
import { ofUndoing } from '../../src/words/of-undoing';
import { dictionaries, languages, namingThings, placeholdersOf, say, sayField } from '../../src/words/say';
import { type Thing, things } from '../../src/words/things';

interface Shape {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly const?: string;
  readonly items?: Shape;
  readonly anyOf?: readonly Shape[];
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
}
const schema = JSON.parse(readFileSync(join(__dirname, '../../src/lifecycles/events.schema.json'), 'utf8')) as {
  definitions: Record<string, Shape>;
};
const resolve = ({ $ref, ...own }: Shape): Shape =>
  $ref === undefined ? own : resolve(schema.definitions[decodeURIComponent($ref.slice('#/definitions/'.length))]!);
const events = resolve(schema.definitions['ProductEvents']!).properties!;
const types = Object.keys(events) as EventType[];

/** Data of an event as its schema describes it, with every optional field or with none; lists hold one of each kind. */
const sample = (shape: Shape, optional: boolean): unknown => {
  const { type, enum: values, const: only, items, properties, required = [], anyOf } = resolve(shape);
  if (anyOf) return sample(anyOf[0]!, optional);
  if (only !== undefined) return only;
  if (values) return values[0];
  const kinds = items && resolve(items).anyOf;
  if (kinds) return kinds.map((kind) => sample(kind, optional));
  if (type === 'array') return items ? [sample(items, optional), sample(items, optional)] : [];
  if (type === 'object') {
    const wanted = Object.entries(properties ?? {}).filter(([name]) => optional || required.includes(name));
    return Object.fromEntries(wanted.map(([name, field]) => [name, name === 'currency' ? 'EUR' : sample(field, optional)]));
  }
  return type === 'integer' || type === 'number' ? 3 : type === 'boolean' ? true : 'x';
};

const sentences = new Sentences(
  Object.values(lifecycles),
  { reveal: (ids) => Promise.resolve(new Map(ids.map((id) => [id, { is: 'text' as const, words: 'Words.' }]))) },
  { named: () => Promise.resolve(new Map([['x', 'Somebody']])) },
);
const beyondData = { fact: 'A fact', kind: 'fact' };

describe.each(languages)('sentences in %s', (language) => {
  it.each(types)('tell %s, whatever of it is optional', async (type) => {
    for (const optional of [true, false]) {
      const event = { type, data: sample(events[type]!, optional) };
      const told = (await sentences.about([event])).sentence(
        language,
        event,
        type === 'FactRetracted' || type === 'FactCorrected' ? beyondData : {},
      );
      expect(told).not.toMatch(/[{}]|\b_\b|undefined|\[object|: $|\(\)/);
      expect(told.charAt(0)).toBe(told.charAt(0).toLocaleUpperCase(language));
    }
  });

  it.each(types)('name in %s only fields that it has, the same as in English', async (type) => {
    const placeholders = placeholdersOf(language, dictionaries[language].events[type]);
    expect([...placeholders].map((name) => name.replace(/_agent$/, '')).toSorted()).toEqual(
      [...placeholdersOf('en', dictionaries.en.events[type])].toSorted(),
    );
    const event = { type, data: sample(events[type]!, true) };
    const teller = await sentences.about([event]);
    // A field that the data does not have would be shown as not given.
    expect(teller.sentence(language, event, type === 'FactRetracted' || type === 'FactCorrected' ? beyondData : {})).not.toMatch(/\b_\b/);
  });

  it('say every refusal and everything that can be missing, with the values of the English sentence', () => {
    const english = [
      refusals.sentences,
      ofReports.sentences,
      ofExports.sentences,
      ofRankings.sentences,
      ofUndoing.sentences,
      ...Object.values(lifecycles).flatMap((of) => [of.says.sentences, ...partsOf(of).map(([, { says }]) => says.sentences)]),
    ];
    const codes = new Set(english.flatMap((each) => Object.keys(each)));
    expect([...codes].filter((code) => !Object.hasOwn(dictionaries[language].refusals, code))).toEqual([]);
    expect(Object.keys(dictionaries[language].refusals).filter((code) => !codes.has(code))).toEqual([]);
    for (const code of codes) {
      const own = [dictionaries[language].refusals[code]!].flat().flatMap((sentence) => [...placeholdersOf(language, sentence)]);
      const told = new Set([dictionaries.en.refusals[code]!].flat().flatMap((sentence) => [...placeholdersOf('en', sentence)]));
      expect({ code, names: [...new Set(own)].toSorted() }).toEqual({ code, names: [...told].toSorted() });
    }
  });

  it('say every code of every vocabulary that the source has, wherever it stands', () => {
    const src = join(__dirname, '../../src');
    const codes = readdirSync(src, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
      .flatMap((file) => [...readFileSync(join(src, file), 'utf8').matchAll(/= vocabulary\(\{([\s\S]*?)\}\);/g)])
      .flatMap(([, sentences]) => [...sentences!.matchAll(/(?:^|\n)\s*([A-Z][A-Z0-9_]+):/g)].map(([, code]) => code!));
    expect(codes).toEqual(expect.arrayContaining(['GATE_CLOSED', 'ITS_DAY_TO_COME', 'MISSION_NOT_HELD', 'POSITION_NOT_REACHED']));
    expect(codes.filter((code) => !Object.hasOwn(dictionaries[language].refusals, code))).toEqual([]);
  });

  it('say the rule of every gate', () => {
    for (const of of Object.values(lifecycles)) {
      for (const gate of Object.keys(of.gates)) expect(say(language, 'gates', `${of.name}.${gate}`)).toMatch(/ .*\.$/);
    }
  });

  it('say whatever is to be done next, with the values of the English sentence', () => {
    for (const code of toDoNames) {
      const names = [language, 'en' as const].map((each) => [...placeholdersOf(each, dictionaries[each].toDo[code])].toSorted());
      expect(names[0]).toEqual(names[1]);
      const values = { kind: 'opening', agreement: 'moa', mission: 1, held: 0, required: 2, version: 1, side: 'european' };
      expect(say(language, 'toDo', code, values)).not.toMatch(/[{}]|\b_\b/);
      expect(say(language, 'toDo', code)).not.toMatch(/[{}]/);
    }
  });

  it('have a short title for every gate, each its own', () => {
    const gates = new Set(Object.values(lifecycles).flatMap((of) => Object.keys(of.gates)));
    expect([...gateNames].toSorted()).toEqual([...gates].toSorted());
    const titles = gateNames.map((gate) => dictionaries[language].titles[gate]);
    expect(titles.filter((title) => title.length > 40 || title.endsWith('.'))).toEqual([]);
    expect(new Set(titles).size).toBe(gateNames.length);
  });

  it('have a name for what every lifecycle records', () => {
    for (const { name } of Object.values(lifecycles)) {
      const { thing } = namingThings(language, { thing: name });
      expect(thing).toBe(things[language][name as Thing]);
      expect(sayField(language, { code: 'NO_SUCH_COMMAND', values: { thing: name, command: 'Fly' } })).toContain(` ${thing} `);
    }
    expect(namingThings(language, { thing: 'toString' })).toEqual({ thing: 'toString' });
  });

  it.each(Object.keys(fieldProblems) as FieldProblemCode[])('say %s of a field, with the values of the English sentence', (code) => {
    const values = Object.fromEntries([...placeholdersOf('en', fieldProblems[code])].map((name) => [name, `<${name}>`]));
    const told = sayField(language, { code, values });
    for (const value of Object.values(values)) expect(told).toContain(value);
    expect(told).not.toMatch(/[{}]|\b_\b|undefined/);
    expect(sayField(language, { code, values, each: true })).toContain(told);
    expect(sayField('en', { code, values, each: true })).toBe(inEnglish({ code, values, each: true }));
  });

  it('have a word for every value that an event can hold, and for every step', () => {
    const values = (shape: Shape, field: string): readonly string[] => {
      const { enum: allowed = [], items, properties = {}, anyOf = [] } = resolve(shape);
      const inner = [
        ...[...anyOf, ...(items ? [items] : [])].flatMap((each) => values(each, field)),
        ...Object.entries(properties).flatMap(([name, each]) => values(each, name)),
      ];
      return [...(['component', 'components', 'scope', 'reason', 'comparator', 'of'].includes(field) ? [] : allowed), ...inner];
    };
    const known: readonly string[] = valuesInWords;
    expect(types.flatMap((type) => values(events[type]!, '')).filter((value) => !known.includes(value))).toEqual([]);
    expect(stepNames.filter((step) => !known.includes(step))).toEqual([]);
  });
});

describe('a sentence', () => {
  it('shows words that were forgotten as forgotten, in the language of the reader', async () => {
    const forgetting = new Sentences(
      [],
      { reveal: (ids) => Promise.resolve(new Map(ids.map((id) => [id, { is: 'forgotten' as const }]))) },
      { named: () => Promise.resolve(new Map()) },
    );
    const event = { type: 'MissionCancelled', data: { mission: 1, reason: { text: 't', digest: 'd' } } };
    const teller = await forgetting.about([event]);
    expect(languages.map((language) => teller.sentence(language, event))).toEqual([
      'Mission 1 cancelled: «forgotten»',
      'Misión 1 cancelada: «olvidado»',
      'Missão 1 cancelada: «esquecido»',
    ]);
  });

  it.each([
    [
      { type: 'KeyActorEngaged', data: { actor: 'Unal', sector: 'academia', side: 'latin-american' } },
      'Unal (academia) junta-se pelo lado latino-americano',
    ],
    [
      { type: 'PlanSubmitted', data: { version: 1, approvalBy: ['european', 'latin-american'] } },
      'Apresentada a versão 1 do UCAP para aprovação pelo lado europeu e pelo lado latino-americano',
    ],
  ])('tells in Portuguese by whom: %j', async (event, told) => expect((await sentences.about([event])).sentence('pt', event)).toBe(told));

  it('tells a period, and one day or month once', async () => {
    const told = async (from: string, to: string) => {
      const event = { type: 'MissionRescheduled', data: { mission: 1, from, to } };
      const teller = await sentences.about([event]);
      return languages.map((language) => teller.sentence(language, event));
    };
    expect(await told('2019-02-01', '2019-02-03')).toEqual([
      'Mission 1 rescheduled, from 2019-02-01 to 2019-02-03',
      'Misión 1 reprogramada: del 2019-02-01 al 2019-02-03',
      'Missão 1 remarcada: de 2019-02-01 a 2019-02-03',
    ]);
    expect(await told('2019-02-01', '2019-02-01')).toEqual([
      'Mission 1 rescheduled, on 2019-02-01',
      'Misión 1 reprogramada: el 2019-02-01',
      'Missão 1 remarcada: a 2019-02-01',
    ]);
    expect((await told('2019-02', '2019-02'))[1]).toBe('Misión 1 reprogramada: en 2019-02');
  });

  it('takes braces and tags in the words of others for words', async () => {
    const event = { type: 'PartyAliasAdded', data: { alias: "{x} <b>d'Ø</b> '{'" } };
    expect((await sentences.about([event])).sentence('en', event)).toBe("Also known as {x} <b>d'Ø</b> '{'");
  });

  it('tells amounts in their currency and lists in the way of the language', async () => {
    const funded = { type: 'PilotFunded', data: { pilot: 'bikes', funder: 'programme', amountMinor: 1250000, currency: 'EUR' } };
    expect((await sentences.about([funded])).sentence('es', funded).replaceAll(/\s/g, ' ')).toBe(
      'Proyecto piloto bikes financiado por el programa: 12.500,00 EUR',
    );
    expect((await sentences.about([funded])).sentence('pt', funded).replaceAll(/\s/g, ' ')).toBe(
      'Projeto-piloto bikes financiado pelo programa: 12 500,00 EUR',
    );
    // Pesos of Colombia have cents, though nobody prints them; those of Chile have none; what no float holds is told to the cent.
    for (const [amountMinor, currency, told] of [
      [1250000, 'COP', '12,500.00'],
      [12500, 'CLP', '12,500'],
      [Number.MAX_SAFE_INTEGER, 'EUR', '90,071,992,547,409.91'],
    ] as const) {
      const allocated = { type: 'BudgetAllocated', data: { allocation: 'first', line: 'missions', amountMinor, currency } };
      expect((await sentences.about([allocated])).sentence('en', allocated).replaceAll(/\s/g, ' ')).toBe(
        `Allocated to the budget line missions: ${currency} ${told} (first)`,
      );
    }
    const drafted = {
      type: 'AgreementDrafted',
      data: { agreement: 'moa', kind: 'cooperation', languages: ['es', 'en'], signatories: [{ party: 'x' }, { party: 'rome' }] },
    };
    expect((await sentences.about([drafted])).sentence('en', drafted)).toBe(
      'Cooperation agreement moa drafted in Spanish and English, to be signed by Somebody and rome',
    );
  });

  it('says of facts that would lose what they need only that, whether a fact is taken back or its date moved', () =>
    expect(languages.map((language) => say(language, 'refusals', 'FACTS_REST_ON_IT', { facts: 'KickedOff' }))).toEqual([
      'Facts would lose what they need: KickedOff',
      'Hay hechos que perderían lo que necesitan: KickedOff',
      'Há factos que perderiam aquilo de que precisam: KickedOff',
    ]));

  it('names the day for which somebody is no assessor', () => {
    for (const language of languages)
      expect(say(language, 'refusals', 'NOT_AN_ASSESSOR_HERE', { call: 'c', occurredOn: '2017-10-01' })).toContain('2017-10-01');
  });

  it('never fails: a code that nobody translated is shown as it is', () => {
    expect(say('pt', 'refusals', 'OF_TOMORROW')).toBe('OF_TOMORROW');
  });
});
