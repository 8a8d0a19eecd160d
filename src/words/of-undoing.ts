import { vocabulary } from '../kernel/refusal';

/** Why nothing is taken back of an import: said by `cli`, and kept here because dictionaries know nothing of it. */
export const ofUndoing = vocabulary({
  NOTHING_IMPORTED: 'Nothing was imported under the id {id}',
  TAKEN_BACK_ALREADY: 'All that can be taken back of the import {id} was taken back already',
});
