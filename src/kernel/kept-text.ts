// U+0000 and lone surrogates pass as text and break what reads it as JSON; other control characters have no place in a name.
export const oneLine = /^(?:[^\u0000-\u001f\u007f\ud800-\udfff]|[\ud800-\udbff][\udc00-\udfff])+$/;
export const manyLines = /^(?:[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ud800-\udfff]|[\ud800-\udbff][\udc00-\udfff])+$/;

// Spaces, controls, what shows nothing by itself (joiners, fillers, variation selectors, tags), and the Braille cell without dots.
const seen = /[^\p{White_Space}\p{Cc}\p{Default_Ignorable_Code_Point}\u2800\ufff9-\ufffb]/u;
/** A text of which a reader would see something. */
export const isSeen = (text: string): boolean => seen.test(text);
