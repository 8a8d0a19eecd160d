import { vocabulary } from '../kernel/refusal';

/** What an export refuses: said by `out`, and kept here because dictionaries know nothing of it. */
export const ofExports = vocabulary({
  NO_PUBLISHER: 'Nobody said who publishes: IATI_ORGANISATION, IATI_ORGANISATION_NAME and IATI_ORGANISATION_TYPE name the organisation',
});
