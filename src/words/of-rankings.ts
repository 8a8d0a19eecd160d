import { vocabulary } from '../kernel/refusal';

/** How applications of one score are placed: said by `reading`, and kept here because dictionaries know nothing of it. */
export const ofRankings = vocabulary({
  TIE_BY_LEADING_CRITERION:
    'The same score as {others, plural, one {# other application} other {# other applications}}; placed by its score on the criterion of greatest weight',
  TIE_BY_SUBMISSION:
    'The same score as {others, plural, one {# other application} other {# other applications}}, and as one of them on the criterion of greatest weight; placed by the date of its submission',
  STILL_TIED:
    'The same score as {others, plural, one {# other application} other {# other applications}}; still tied with {tied}, also on the criterion of greatest weight and by the date of submission',
});
