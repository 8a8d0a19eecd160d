const { default: Sequencer } = require('@jest/test-sequencer');

/** Suites that take a minute or more: begun last, one of them would run alone. */
const long = [
  'chaos/',
  'delivery/outages',
  'stores/eventstoredb',
  'stores/model',
  'engine/runner-faults',
  'stores/copying',
  'properties/',
  'cli/',
  'monitoring/',
];

/** The long ones first, the others as Jest orders them. */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => {
      const found = long.findIndex((part) => path.includes(`/test/${part}`));
      return found < 0 ? long.length : found;
    };
    return [...super.sort(tests)].sort((one, other) => rank(one) - rank(other));
  }
};
