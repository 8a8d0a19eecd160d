import { Name } from './fields';

/** Words that everybody may read, in the three languages of the product. */
export interface Worded {
  en: string;
  es: string;
  pt: string;
}

export class InThreeLanguages {
  @Name('In English', { max: 500 }) en!: string;
  @Name('In Spanish', { max: 500 }) es!: string;
  @Name('In Portuguese', { max: 500 }) pt!: string;
}

/** Field by field, as an event keeps it. */
export const worded = ({ en, es, pt }: InThreeLanguages): Worded => ({ en, es, pt });
