/** Letters that have no accent to take off, as people without them on the keyboard write them. */
const written: Readonly<Record<string, string>> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i' };

/** The different words of a text in small letters without accents: `Consórcio Grande ABC` → `consorcio`, `grande`, `abc`. */
export const plainWords = (text: string): readonly string[] => {
  const plain = text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[ßæœøłđðþı]/g, (letter) => written[letter]!);
  return [...new Set(plain.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== ''))];
};
