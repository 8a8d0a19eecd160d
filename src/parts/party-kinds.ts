/** What a party can be. A provincial council (diputación, conselho) takes part as others do, but rules may keep it from applying. */
export const partyKinds = ['city', 'city-set', 'consortium', 'region', 'provincial-council', 'network', 'organisation', 'country'] as const;
