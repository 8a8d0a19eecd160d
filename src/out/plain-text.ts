/**
 * What a spreadsheet would take for the beginning of a formula, also behind what it does not show: `=`, `+`, `-`, `@` and their full-width
 * forms, a tab, the end of a line. Also behind apostrophes, so that none that was there from the beginning passes for one put before it.
 */
const startsAFormula = /^'*(?:[\t\r\n]|[\s\p{Cf}\p{Cc}]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/u;

/** Code points that XML 1.0 does not have; one half of a pair is none at all. */
const notInXml = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/** A text as XML can hold it: what it cannot is shown as missing. */
export const inXml = (text: string): string => text.toWellFormed().replace(notInXml, '\uFFFD');

/** A text as a cell that no spreadsheet computes: an apostrophe goes before what could begin a formula. */
export const inCell = (text: string): string => {
  const plain = inXml(text);
  return startsAFormula.test(plain) ? `'${plain}` : plain;
};

export const formulaRule =
  'A text that a spreadsheet could take for a formula (it begins with =, +, -, @, their full-width forms, a tab or the end of a line, also behind spaces or apostrophes) has an apostrophe before it: take one leading apostrophe off where such a beginning follows. Numbers are never changed. A character that XML does not have is shown as U+FFFD.';
