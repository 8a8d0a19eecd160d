import { isCountry } from '../kernel/fields';
import { sides } from '../parts/application-course-state';
import { components } from '../parts/components';
import { partyKinds } from '../parts/party-kinds';
import { areas, kinds } from '../parts/pipa-course-forms';
import { deliveries } from '../parts/subscription-course-forms';

/** All that dimensions of events can be, of those that have their own words. */
export const closedDimensions: Readonly<Record<string, readonly string[]>> = {
  area: areas,
  component: components,
  delivery: deliveries,
  kind: [...partyKinds, ...kinds],
  side: sides,
};

/** Whether events could ever be recorded with that: what is mistyped would match nothing, for ever. */
export const couldBe = (dimension: string, value: string): boolean =>
  dimension === 'country' ? isCountry(value) : (closedDimensions[dimension]?.includes(value) ?? true);
