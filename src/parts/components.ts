/** What a programme is made of: cities (C1), the climate covenant (C2), regions (C3). */
export const components = ['C1', 'C2', 'C3'] as const;
export type Component = (typeof components)[number];
