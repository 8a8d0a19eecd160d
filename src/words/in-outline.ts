import { IntlMessageFormat } from 'intl-messageformat';
import type { EventType } from '../lifecycles/events';
import { english } from './en';

type Ast = ReturnType<IntlMessageFormat['getAst']>;

/** As fields are called: what is nested with a dot, what is counted by the name of its list. */
const braced = (name: string) => `{${name.replace(/_count$/, '').replaceAll('_', '.')}}`;
const isPlainText = ({ type }: { readonly type: number }) => type === 0;

/** @param counted what `#` stands for */
const outline = (ast: Ast, counted = ''): string =>
  ast
    .map((element) => {
      if ('options' in element) {
        if ('offset' in element) return outline(element.options['other']!.value, braced(element.value));
        const said = Object.values(element.options).map(({ value }) => outline(value, counted));
        return [...new Set(said)].filter((each) => each !== '').join(' / ');
      }
      if (!('value' in element)) return counted;
      return isPlainText(element) ? element.value : braced(element.value);
    })
    .join('');

/**
 * What an event says, in English, for whoever reads of its type and has no event at hand: fields by their names in braces, all that the
 * sentence says at times, and a stroke between what it says instead of each other.
 */
export const outlineOf = (type: EventType): string =>
  outline(new IntlMessageFormat(english.events[type], 'en', undefined, { ignoreTag: true }).getAst());
