/** What a result tells of: what was produced, what changed by it, what that led to in the end (OECD-DAC glossary of results-based management, 2002 and 2023). */
export const resultLevels = ['output', 'outcome', 'impact'] as const;
export type ResultLevel = (typeof resultLevels)[number];
