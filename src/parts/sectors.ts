/** Where organisations come from that cities work with (domain: private sector, academia, civil society, public). */
export const sectors = ['private', 'academia', 'civil-society', 'public'] as const;
export type Sector = (typeof sectors)[number];
