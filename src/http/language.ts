import type { Request } from 'express';

export const languages = ['en', 'es', 'pt'] as const;
export type Language = (typeof languages)[number];

/** The language of this answer: the best of those the caller takes, English where none is known here. `es-AR` is served `es`. */
export const languageOf = (request: Request): Language => {
  const best = request.acceptsLanguages([...languages]);
  return languages.find((language) => language === best) ?? 'en';
};
