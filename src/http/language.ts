import type { Request } from 'express';
import { type Language, languages } from '../words/say';

/** The language of this answer: the best of those the caller takes, English where none is known here. `es-AR` is served `es`. */
export const languageOf = (request: Request): Language => {
  const best = request.acceptsLanguages([...languages]);
  return languages.find((language) => language === best) ?? 'en';
};
