import { lifecycleNamed } from '../lifecycles/all';
import { idOf, kindOf } from '../store/port';
import type { Evident } from './ports';

type Found = Pick<Evident, 'code' | 'version' | 'where' | 'asOf' | 'position' | 'epoch'>;
const asked = ({ version, asOf, where }: Omit<Found, 'position' | 'epoch'>, moments: Readonly<Record<string, string>>) => {
  const query = new URLSearchParams({ version: String(version), asOf, ...moments });
  if (where)
    query.set(
      'where',
      Object.entries(where)
        .map(([name, value]) => `${name}:${value}`)
        .join(),
    );
  return query.toString();
};

/** Where the same figure is found again, as it stands. */
export const addressesOf =
  (found: Found) =>
  (path: string, ...more: readonly string[]): string =>
    `/v1/indicators/${found.code}${path}?${[asked(found, { position: `${found.position}.${found.epoch}` }), ...more].join('&')}`;

/** Which events made a figure change from one position to another. */
export const differenceOf = (found: Omit<Found, 'position'>, from: string, to: string): string =>
  `/v1/indicators/${found.code}/difference?${asked(found, { from: `${from}.${found.epoch}`, to: `${to}.${found.epoch}` })}`;

/** The address of a thing. */
export const thingLink = (kind: string, id: string): string => `/v1/${lifecycleNamed(kind)!.plural}/${id}`;

/** The addresses of an event's stream, and of the event in its timeline. */
export const eventLinks = (stream: string, revision: number): { readonly thing: string; readonly timeline: string } => {
  const thing = thingLink(kindOf(stream), idOf(stream));
  return { thing, timeline: `${thing}/timeline${revision === 0 ? '' : `?after=${revision - 1}`}` };
};

/** A fact with the names and addresses of its event and its stream. */
export const linked = <Fact extends { readonly stream: string; readonly revision: number }>(fact: Fact) => ({
  event: `${fact.stream}@${fact.revision}`,
  ...fact,
  links: eventLinks(fact.stream, fact.revision),
});
