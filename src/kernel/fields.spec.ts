import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import fc from 'fast-check';
import {
  Count,
  Country,
  DocumentRef,
  EventData,
  Item,
  Items,
  marksOf,
  Name,
  OneOf,
  Person,
  ProtectedText,
  Ref,
  replaceDigests,
  replaceWords,
  RuleSetRef,
  Slug,
  type StoredDocument,
  type TextRef,
  YesNo,
} from './fields';
import { EndpointUrl } from './fields-endpoints';
import { EventRef, EventTypeRef, LifecycleRef, StreamName } from './fields-events';
import { Day, Instant, LocalTime, PartialDate, TimeZone } from './fields-dates';
import { Currency, Minor, Rate } from './fields-money';
import { fieldProblems, type FieldSaid } from './fields-problems';

const problems = (form: new () => object, body: object) =>
  validateSync(plainToInstance(form, body), { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: false });
/** A form of one field described by the word. */
const only = (word: PropertyDecorator) => {
  class Form {}
  word(Form.prototype, 'field');
  return (field: unknown) => problems(Form, { field }).length === 0;
};

class Smaller {
  @Slug('An action') action!: string;
  @ProtectedText('Its title') title!: TextRef;
}
const nasty = ['', ' ', '\u200b', 'a\u0000b', '\ud800', 'a\udfff', 7, null, undefined, {}, ['a'], true];
const id = '6ba7b810-9dad-41d1-80b4-00c04fd430c8';
const words: readonly (readonly [string, PropertyDecorator, readonly unknown[], readonly unknown[]])[] = [
  ['Name', Name('A name', { max: 5 }), ['Málag', '😀', "O'H"], [...nasty, 'Málaga', 'a\nb', 'a\u007f']],
  ['ProtectedText', ProtectedText('Why', { max: 5 }), ['a\nb', '😀\t'], [...nasty, 'Málaga', 'a\u0007']],
  [
    'Slug',
    Slug('A mission'),
    ['a', 'old-town', '1', 'a'.repeat(80)],
    [...nasty, 'a/b', '../a', 'constructor', '__proto__', 'A', '-a', 'a-', 'a\n', 'a'.repeat(81), 'á'],
  ],
  ['Ref', Ref('party', 'A party'), ['malaga'], [...nasty, 'a/b', 'constructor']],
  ['RuleSetRef', RuleSetRef('Rules'), ['iuc-lac-2019@1'], [...nasty, 'iuc-lac-2019', 'a@0', 'a@01', 'a/b@1']],
  ['Person', Person('Somebody'), [id], [...nasty, 'Ana', id.toUpperCase(), `${id}\n`]],
  [
    'DocumentRef',
    DocumentRef('A document'),
    ['0a'.repeat(32)],
    [...nasty, '0A'.repeat(32), '0a'.repeat(31), `${'0a'.repeat(32)}\n`, `../${'a'.repeat(61)}`],
  ],
  ['Count', Count('Delegates', { max: 500 }), [0, 500], [...nasty.filter((each) => each !== 7), -1, 501, 1.5, '7', NaN, Infinity]],
  ['Minor', Minor('Amount'), [0, Number.MAX_SAFE_INTEGER], [Number.MAX_SAFE_INTEGER + 1, 1e300, -1, 0.1, '1', null, undefined]],
  ['Currency', Currency('Currency'), ['EUR', 'COP', 'HRK'], [...nasty, 'eur', 'EURO', 'ZZZ', 'XXX', 'XAU', 'EUR COP']],
  [
    'Rate',
    Rate('Rate'),
    ['1', '0.5', '4312.57', '0.000000000001', '999999999999.999999999999'],
    [
      ...nasty,
      '0',
      '0.00',
      '-1',
      '+1',
      '1e3',
      '1,5',
      '.5',
      '5.',
      '01',
      ' 1',
      '1\n',
      'NaN',
      'Infinity',
      '1234567890123',
      `0.${'0'.repeat(12)}1`,
    ],
  ],
  ['Country', Country('Country'), ['ES'], [...nasty, 'es', 'ESP', 'XX']],
  ['PartialDate', PartialDate('When'), ['2018', '2018-04', '2018-04-30'], [...nasty, '2019-02-30', '2018-4']],
  ['Day', Day('When'), ['2018-04-30'], [...nasty, '2018', '2018-04', '2019-02-30']],
  ['Instant', Instant('When'), ['2020-12-31T23:59:59Z', '2020-12-31T23:59:59.123+01:00'], [...nasty, '2020-12-31', '2020-02-30T12:00:00Z']],
  ['EventRef', EventRef('Which'), ['pairing-a-b@7', 'ruleSet-a@0'], [...nasty, 'pairing-a', 'pairing-a@', '@1', 'pairing-A@1']],
  [
    'StreamName',
    StreamName('Which'),
    ['pairing-a-b', 'ruleSet-a'],
    [...nasty, 'pairing', 'pairing-', '-a', 'pairing-A', 'pairing-a@1', 'pairing/a'],
  ],
  ['LifecycleRef', LifecycleRef('Which'), ['pairing', 'ruleSet'], nasty],
  ['EventTypeRef', EventTypeRef('Which'), ['PairingFormed'], nasty],
  [
    'EndpointUrl',
    EndpointUrl('Where to'),
    [
      ...['https://a.example', 'https://a.example:8443/b?c=d', 'https://españa.example/ñ', `https://a.example/${'b'.repeat(1_982)}`],
      ...['http://localhost:8080/b', 'http://127.0.0.1', 'http://127.9.8.7/b', 'http://0x7f.1/b', 'http://[::1]:8080/b'],
    ],
    [
      ...[
        ...nasty,
        'a.example',
        '//a.example',
        'ftp://a.example',
        'javascript:alert(1)',
        'https://',
        `https://a.example/${'b'.repeat(1_983)}`,
      ],
      ...['http://a.example', 'http://127.0.0.1.a.example', 'http://localhost.a.example', 'http://10.0.0.1', 'http://[::2]'],
      ...['https://me@a.example', 'https://me:secret@a.example', 'https://:secret@a.example', 'https://a.example/#b', 'https://a.example#'],
      ...['https:a.example', 'https:///a.example', 'https://@a.example', 'https://a..example', 'https://a.example:0', 'https://a'],
      ...['https://169.254.169.254/b', 'https://10.0.0.1', 'https://[fd00::1]', 'https://a.internal'],
      ...[' https://a.example', 'https://a.example\n', 'https://a.exa\nmple', 'https://a.example/\u0000', 'https://a.example/\ud800'],
    ],
  ],
  ['LocalTime', LocalTime('When'), ['2019-03-04T23:59'], [...nasty, '2019-03-04T24:00', '2019-02-30T12:00', '2019-03-04T23:59Z']],
  ['TimeZone', TimeZone('Where'), ['Europe/Brussels', 'UTC'], [...nasty, 'Europe/Atlantis', '+01:00']],
  ['OneOf', OneOf('A side', ['european', 'latin-american']), ['european'], [...nasty, 'European', 'constructor']],
  ['YesNo', YesNo('Whether'), [true, false], ['true', 0, 1, null, undefined]],
  [
    'Items',
    Items(Smaller, 'Actions', { min: 1, max: 2 }),
    [[{ action: 'a', title: 'A' }]],
    [
      ...nasty,
      [],
      [null],
      ['a'],
      [[{ action: 'a', title: 'A' }]],
      [[]],
      [{ action: 'a/b', title: 'A' }],
      [{ action: 'a', title: 'A', more: 1 }],
      Array(3).fill({ action: 'a', title: 'A' }),
    ],
  ],
  ['Item', Item(Smaller, 'An action'), [{ action: 'a', title: 'A' }], [...nasty, [{ action: 'a', title: 'A' }], { action: 'a' }]],
];

describe.each(words)('%s', (_, word, accepted, refused) => {
  const takes = only(word);
  it.each(accepted.map((value) => [value]))('takes %j', (value) => expect(takes(value)).toBe(true));
  it.each(refused.map((value) => [value]))('refuses %j', (value) => expect(takes(value)).toBe(false));
  it('says of whatever it refuses what is wrong', () => {
    class Form {}
    word(Form.prototype, 'field');
    for (const { constraints = {}, contexts = {} } of refused.flatMap((field) => problems(Form, { field })))
      for (const check of Object.keys(constraints).filter((each) => each !== 'nestedValidation'))
        expect(fieldProblems).toHaveProperty((contexts[check] as FieldSaid).code);
  });
});

describe('a text of which nothing can be seen', () => {
  const invisible = fc.constantFrom(
    ...Array.from(
      ' \t\n\r\u00a0\u00ad\u034f\u115f\u1680\u180e\u2003\u200b\u200d\u200e\u2028\u202e\u2060\u2800\u3000\u3164\ufe0f\ufeff\uffa0\ufffb\u{e0041}\u{e0100}',
    ),
  );
  const texts = fc.string({ unit: invisible, minLength: 1, maxLength: 40 });
  const said = (word: PropertyDecorator, field: string) => {
    class Form {}
    word(Form.prototype, 'field');
    return problems(Form, { field }).flatMap(({ contexts = {} }) =>
      Object.values(contexts as Record<string, FieldSaid>).map(({ code }) => code),
    );
  };

  it('is refused, however long it is and whatever it is made of', () =>
    fc.assert(
      fc.property(texts, (text) => said(ProtectedText('Why'), text).includes('BLANK') && said(Name('A name'), text).includes('BLANK')),
    ));
  it('is taken as soon as one character of it is seen, wherever that stands', () =>
    fc.assert(
      fc.property(texts, fc.constantFrom('a', 'á', 'ñ', '.', '7', '日', '😀'), texts, (before, character, after) => {
        expect(said(ProtectedText('Why'), `${before}${character}${after}`)).toEqual([]);
      }),
    ));
});

describe('an optional field', () => {
  it.each([
    ['Name', Name('A name', { optional: true })],
    ['Count', Count('How many', { optional: true })],
    ['ProtectedText', ProtectedText('Why', { optional: true })],
    ['Items', Items(Smaller, 'Actions', { optional: true })],
    ['a list', Slug('Several', { optional: true, many: [0, 3] })],
  ])('%s may be left out, but is not null', (_, word) => {
    expect(only(word)(undefined)).toBe(true);
    expect(only(word)(null)).toBe(false);
  });
  it('that holds the data of an event is an object', () => {
    const takes = only(EventData('Data'));
    expect([undefined, { a: 1 }, {}].map(takes)).toEqual([true, true, true]);
    expect([null, [], 'a', 1].map(takes)).toEqual([false, false, false, false]);
  });
});

describe('a list', () => {
  const takes = only(Slug('Several', { many: [1, 3] }));
  it('holds as many different values as it says', () => {
    expect(takes(['a', 'b'])).toBe(true);
    for (const wrong of [[], ['a', 'a'], ['a', 'b', 'c', 'd'], ['a/b'], [null], 'a', { 0: 'a', length: 1 }])
      expect(takes(wrong)).toBe(false);
  });
});

describe('what a form says of its fields', () => {
  class Form {
    @Ref('party', 'A party') party!: string;
    @Items(Smaller, 'Actions') actions!: Smaller[];
    @ProtectedText('Why', { optional: true }) reason?: TextRef;
  }
  it('marks references, words and lists', () => {
    expect(marksOf(Form)).toEqual([
      { field: 'party', is: 'ref', kind: 'party' },
      { field: 'actions', is: 'items', form: Smaller },
      { field: 'reason', is: 'text' },
    ]);
    expect(marksOf(class {})).toEqual([]);
  });
  it('marks an endpoint as words to keep elsewhere, and what tells events apart as what it is', () => {
    class Wanted {
      @EndpointUrl('Where to') endpoint!: TextRef;
      @LifecycleRef('Which', { many: [1, 60] }) lifecycles!: string[];
      @EventTypeRef('Which') type!: string;
    }
    expect(marksOf(Wanted)).toEqual([
      { field: 'endpoint', is: 'text' },
      { field: 'lifecycles', is: 'lifecycle' },
      { field: 'type', is: 'eventType' },
    ]);
  });
  it('replaces words in a copy, also inside lists, and leaves the form as it was', () => {
    const form = plainToInstance(Form, { party: 'malaga', actions: [{ action: 'a', title: 'A' }] });
    const copy = replaceWords(form, (text) => ({ text: `kept ${text}`, digest: '' }));
    expect(copy).toBeInstanceOf(Form);
    expect(copy).toEqual({ party: 'malaga', actions: [{ action: 'a', title: { text: 'kept A', digest: '' } }] });
    expect(form.actions[0]?.title).toBe('A');
  });
  it('describes documents in a copy, also in lists', () => {
    class Copies {
      @DocumentRef('Copies', { many: [0, 3] }) copies!: StoredDocument[];
      @DocumentRef('The minutes', { optional: true }) minutes?: StoredDocument;
    }
    const described = (digest: string) => ({ digest, mediaType: 'text/plain', size: 7 });
    expect(replaceDigests(plainToInstance(Copies, { copies: ['a', 'b'] }), described)).toEqual({ copies: ['a', 'b'].map(described) });
  });
});
