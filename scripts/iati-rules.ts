/**
 * The rules of an IATI rule set (https://github.com/IATI/IATI-Rulesets, SPEC.rst) as XPath 1.0: for each the nodes that break it, so that
 * whoever has a rule set can count them with any XPath. What cannot be said so is told, not passed over.
 */
interface Case {
  readonly condition?: string;
  readonly idCondition?: string;
  readonly paths?: readonly string[];
  readonly prefix?: readonly string[];
  readonly separator?: string;
  readonly regex?: string;
  readonly less?: string;
  readonly more?: string;
  readonly date?: string;
  readonly start?: string;
  readonly end?: string;
  readonly sum?: number;
  readonly min?: number;
  readonly max?: number;
  readonly if?: string;
  readonly then?: string;
  readonly one?: string;
  readonly all?: string;
  readonly foreach?: string;
  readonly do?: RulesOf;
  readonly subs?: readonly string[];
  readonly ruleInfo?: { readonly id: string; readonly severity: string; readonly message: string };
}
type RulesOf = Readonly<Record<string, { readonly cases: readonly Case[] }>>;
export type RuleSet = Readonly<Record<string, RulesOf>>;

/** The nodes that break a rule; `undefined` where XPath 1.0 cannot say which. */
export interface Breaking {
  readonly rule: string;
  readonly id: string;
  readonly severity: string;
  readonly message: string;
  readonly nodes: string | undefined;
}
/** The values by which a rule is asked again and again. */
export type ValuesOf = (xpath: string) => Promise<readonly string[]>;

const asNumber = (path: string) => `number(translate(substring(${path}, 1, 10), '-', ''))`;
const union = (paths: readonly string[] = []) => paths.join(' | ');
const any = (paths: readonly string[] = []) => paths.map((path) => `(${path})`).join(' or ');
const both = (paths: readonly string[]) => paths.flatMap((one, i) => paths.slice(i + 1).map((other) => `(${one}) = (${other})`));
/** Those of several that none of the others shows, where all of them have to be there. */
const allOf: Readonly<Record<string, string>> = {
  lang: './/narrative[not(@xml:lang)]',
  sector: 'transaction[not(sector)] and transaction/sector',
  currency: '(.//value | .//loan-status | .//forecast)[not(@currency)]',
};

const nodesOf = (rule: string, within: string, given: Case, today: string): string | undefined => {
  const { condition, paths = [], less = '', more = '', start = '', end = '' } = given;
  const context = condition === undefined ? within : `${within}[${condition}]`;
  switch (rule) {
    case 'atleast_one':
      return `${context}[not(${any(paths)})]`;
    case 'no_more_than_one':
      return `${context}[count(${union(paths)}) > 1]`;
    case 'if_then':
      return `${context}[(${given.if}) and not(${given.then})]`;
    case 'sum':
    case 'strict_sum':
      return `${context}[${any(paths)}][round(sum(${union(paths)}) * 1000000) != ${(given.sum ?? 0) * 1_000_000}]`;
    case 'range':
      return paths.map((path) => `${context}/${path}[. < ${given.min} or . > ${given.max}]`).join(' | ');
    case 'date_order':
      return more === 'NOW'
        ? `${context}/${less}[${asNumber('.')} > ${asNumber(`'${today}'`)}]`
        : `${context}[${asNumber(less)} > ${asNumber(more)}]`;
    case 'date_now':
      return `${context}[${asNumber(given.date!)} > ${asNumber(`'${today}'`)}]`;
    case 'time_limit':
      return `${context}[${asNumber(end)} - ${asNumber(start)} > 10000]`;
    case 'between_dates':
      return `${context}[${asNumber(given.date!)} < ${asNumber(start)} or ${asNumber(given.date!)} > ${asNumber(end)}]`;
    case 'unique':
      return `${context}[${both(paths).join(' or ')}]`;
    case 'no_spaces': {
      const [first, last] = ['substring(., 1, 1)', 'substring(., string-length(.))'];
      const spaced = `string-length(.) > 0 and (normalize-space(${first}) = '' or normalize-space(${last}) = '')`;
      return paths.map((path) => `${context}/${path}[${spaced}]`).join(' | ');
    }
    case 'startswith': {
      if (given.prefix?.includes('ORG-ID-PREFIX')) return undefined;
      const begins = (given.prefix ?? []).map(
        (prefix) => `((${prefix}) and starts-with(${paths[0]}, concat(${prefix}, '${given.separator ?? ''}')))`,
      );
      return `${context}[not(${begins.join(' or ')})]`;
    }
    case 'regex_matches': {
      // Nothing but characters that are not among those named; XPath 1.0 has no other expressions.
      const [, none] = /^\^\[\^((?:\\?[^\]\\])+)\]\+\$$/.exec(given.regex ?? '') ?? [];
      if (none === undefined || none.includes("'")) return undefined;
      const characters = none.replaceAll('\\', '');
      return paths.map((path) => `${context}/${path}[string-length(.) = 0 or translate(., '${characters}', '') != .]`).join(' | ');
    }
    case 'one_or_all':
      return given.all !== undefined && allOf[given.all] ? `${context}[not(${given.one}) and (${allOf[given.all]})]` : undefined;
    default:
      return undefined;
  }
};

const substituted = (given: Case, subs: readonly string[], value: string): Case =>
  Object.fromEntries(
    Object.entries(given).map(([key, said]) => [
      key,
      subs.includes(key) ? (JSON.parse(JSON.stringify(said).replaceAll('$1', value)) as unknown) : said,
    ]),
  );

/** Every rule with the nodes that break it; a rule that is asked for each of some values, for each of those that occur. */
export const breaking = async (rules: RuleSet, today: string, valuesOf: ValuesOf): Promise<readonly Breaking[]> => {
  const found: Breaking[] = [];
  const add = (rule: string, within: string, given: Case) => {
    const { id = '—', severity = 'error', message = rule } = given.ruleInfo ?? {};
    found.push({ rule, id, severity, message, nodes: nodesOf(rule, within, given, today) });
  };
  for (const [contexts, of] of Object.entries(rules))
    for (const within of contexts.split(' | '))
      for (const [rule, { cases }] of Object.entries(of))
        for (const given of cases) {
          if (rule !== 'loop') {
            add(rule, within, given);
            continue;
          }
          const values = await valuesOf(`${within}/${given.foreach}`);
          for (const [inner, { cases: each }] of Object.entries(given.do ?? {}))
            for (const one of each)
              for (const value of values) add(inner, within, substituted(one, [...(given.subs ?? []), 'condition', 'if', 'then'], value));
        }
  return found;
};
