import { planned, retraction } from '../reading/cooperation';
import type { Told } from '../reading/recording';

/** What stands at each revision of a stream, however long it gets: a pairing up to a pilot, which is then taken back, brought back, and so on. */
export const factAt = (revision: number): Told => planned[revision] ?? retraction(revision - 1, planned.at(-1)![0]);
