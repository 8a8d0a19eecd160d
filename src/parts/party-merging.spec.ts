import { given, story, words } from '../../test/given';
import { factsOf } from '../kernel/lifecycle';
import { party } from '../lifecycles/party';

const because = { authority: 'iuc-secretariat', reason: 'One municipality, entered by two offices' };
const after = { authority: 'iuc-secretariat', reason: 'Two municipalities of one name' };
const into = (id: string) => ({ into: id, ...because });
const city = { phase: 'registered', kind: 'city' };
const world = {
  id: 'kalava',
  book: () => undefined,
  elsewhere: {
    party: {
      kalava: city,
      kavala: city,
      'kavala-again': { ...city, mergedInto: 'kavala' },
      macedonia: { phase: 'registered', kind: 'region' },
      xanthi: city,
    },
  },
};
const unregistered = story(party, world);
const kalava = unregistered.does('RegisterParty', { name: 'Kalava', kind: 'city', countries: ['GR'] }, '2018');
const merged = kalava.does('MergeParty', into('kavala'), '2019-05-10');
const split = merged.does('SplitParty', after, '2020-02-01');

describe('a party that was registered twice', () => {
  it('is merged into the one that counts', () =>
    given(kalava)
      .when('MergeParty', into('kavala'))
      .then({
        type: 'PartyMerged',
        data: { duplicate: 'kalava', into: 'kavala', authority: because.authority, reason: words(because.reason) },
      }));
  it('is merged once, also after the other was itself merged away', () => {
    given(merged).when('MergeParty', into('kavala')).thenNothing();
    given(merged.in({ elsewhere: { party: { kavala: { ...city, mergedInto: 'xanthi' } } } }))
      .when('MergeParty', into('kavala'))
      .thenNothing();
  });
  it('is not merged a second time, whatever the date', () => {
    given(merged).when('MergeParty', into('xanthi')).thenRefused('ALREADY_MERGED');
    given(merged).when('MergeParty', into('xanthi'), '2018-06').thenRefused('ALREADY_MERGED');
    given(merged)
      .when('MergeParty', { ...into('kavala'), reason: 'Another reason' })
      .thenRefused('ALREADY_MERGED');
  });
  it('is not merged into itself', () => given(kalava).when('MergeParty', into('kalava')).thenRefused('MERGED_INTO_ITSELF'));
  it('is not merged into one that was itself merged away, and the refusal says which one that now is', () => {
    given(kalava).when('MergeParty', into('kavala-again')).thenRefused('MERGED_AWAY');
    expect(() => kalava.tries('MergeParty', into('kavala-again'))).toThrow(
      expect.objectContaining({ said: { code: 'MERGED_AWAY', values: { into: 'kavala-again', now: 'kavala' } } }) as Error,
    );
  });
  it('is not merged into one of another kind: Córdoba is a city here and a region there', () =>
    given(kalava).when('MergeParty', into('macedonia')).thenRefused('OTHER_KIND_OF_PARTY'));
  it('is not merged into one whose registration was taken back', () =>
    given(kalava).when('MergeParty', into('nobody')).thenRefused('NOTHING_TO_MERGE_INTO'));
  it('is registered first', () => given(unregistered).when('MergeParty', into('kavala')).thenRefused('ONLY_REGISTERED_MERGED'));
  it('may be merged as of a day long before it was found out, and not as of a day to come', () => {
    expect(kalava.tries('MergeParty', into('kavala'), '2016')).toHaveLength(1);
    given(kalava).when('MergeParty', into('kavala'), '2022').thenRefused('GATE_CLOSED', 'not-in-the-future');
  });
  it('says what it was merged into', () => {
    expect(party.seen(merged.state)?.mergedInto).toBe('kavala');
    expect(party.mergedInto?.(merged.state)).toBe('kavala');
    expect(party.seen(kalava.state)).not.toHaveProperty('mergedInto');
  });
  it('can be renamed and counted as before: what is recorded of it stays its own', () => {
    expect(merged.does('RenameParty', { name: 'Kavala' }).does('RecordPopulation', { population: 54_027, year: 2011 }).state).toMatchObject(
      { merging: [{ into: 'kavala' }], identity: { renamed: [{ name: 'Kavala' }] } },
    );
  });
});

describe('a wrong merge', () => {
  const data = { from: 'kavala', authority: after.authority, reason: words(after.reason) };
  it('is split, with or without naming the party it was merged into', () => {
    given(merged).when('SplitParty', after).then({ type: 'PartySplit', data });
    given(merged)
      .when('SplitParty', { from: 'kavala', ...after })
      .then({ type: 'PartySplit', data });
  });
  it('is split once', () => {
    given(split).when('SplitParty', after).thenNothing();
    given(split)
      .when('SplitParty', { from: 'kavala', ...after })
      .thenNothing();
  });
  it('is not split from another party than it was merged into', () =>
    given(merged)
      .when('SplitParty', { from: 'xanthi', ...after })
      .thenRefused('MERGED_INTO_ANOTHER'));
  it('is not split where there is none, or none any more', () => {
    given(kalava).when('SplitParty', after).thenRefused('NOT_MERGED');
    given(split).when('SplitParty', because).thenRefused('NOT_MERGED');
    given(split)
      .when('SplitParty', { from: 'xanthi', ...after })
      .thenRefused('NOT_MERGED');
  });
  it('is not split before it was made; on a day known roughly it may have been', () => {
    given(merged).when('SplitParty', after, '2019-05-09').thenRefused('SPLIT_BEFORE_MERGED');
    expect(merged.tries('SplitParty', after, '2019')).toHaveLength(1);
  });
  it('leaves the party free to be merged into the right one, not earlier than it was split', () => {
    given(split).when('MergeParty', into('xanthi'), '2020-01-31').thenRefused('MERGED_BEFORE_THE_SPLIT');
    expect(split.does('MergeParty', into('xanthi'), '2020-02-01').state.merging).toMatchObject([
      { into: 'kavala', split: { on: '2020-02-01' } },
      { into: 'xanthi' },
    ]);
    expect(party.seen(split.state)).not.toHaveProperty('mergedInto');
  });
  it('can be taken back instead, as if it had never been made', () => {
    const takenBack = merged.does('Correct', { retract: [{ revision: 1 }], ...because });
    expect(takenBack.state).toEqual(kalava.state);
    given(split)
      .when('Correct', { retract: [{ revision: 1 }], ...because })
      .thenNeededBy('PartySplit', 'NOT_MERGED');
    given(split.does('MergeParty', into('xanthi'), '2020-03'))
      .when('Correct', { retract: [{ revision: 2 }], ...because })
      .thenNeededBy('PartyMerged', 'ALREADY_MERGED');
  });
  it('is never corrected into a merge with itself, nor into one of another duplicate', () => {
    const replaced = (data: object) => ({ replace: [{ revision: 1, data: data as Record<string, unknown> }], ...because });
    const { data: stored } = merged.standing[1]!;
    given(merged)
      .when('Correct', replaced({ ...(stored as object), into: 'kalava' }))
      .thenNeededBy('PartyMerged', 'MERGED_INTO_ITSELF');
    given(merged)
      .when('Correct', replaced({ ...(stored as object), duplicate: 'xanthi' }))
      .thenRefused('DERIVED_BY_THE_RULES');
    expect(merged.does('Correct', replaced({ ...(stored as object), into: 'xanthi' })).state.merging).toMatchObject([{ into: 'xanthi' }]);
  });
});

it('a registration stays while the party is merged', () =>
  given(merged)
    .when('Correct', { retract: [{ revision: 0 }], ...because })
    .thenNeededBy('PartyMerged', 'ONLY_REGISTERED_MERGED'));

it('a merge begins and a split ends what the figures are resolved by', () => {
  const facts = split.standing.slice(1).map((event) => factsOf(party, event, split.state, merged.state));
  expect(facts).toEqual([
    [{ measure: 'party-merged', subject: { ref: 'party/kavala' }, quantity: 1 }],
    [{ measure: 'party-merged', subject: { ref: 'party/kavala' }, quantity: -1 }],
  ]);
});

describe('parties that were merged in a circle in the same moment', () => {
  const mergedAt = merged.standing.at(-1)!.recordedAt;
  const elsewhere = (kavala: object, more: object = {}) =>
    given(merged.in({ elsewhere: { party: { kavala: { ...city, ...kavala }, ...more } } })).when('ReviewMerge', {}, '2019-05-10');
  const gaveWay = (...circle: string[]) => ({ type: 'PartyMergeGaveWay' as const, data: { into: 'kavala', circle } });

  const another = { mergedInto: 'kalava', mergedAt: '2021-01-01T12:10:00.000Z' };

  it('count as the one whose own merge was recorded last, which gives way', () => {
    elsewhere({ mergedInto: 'kalava', mergedAt: '2021-01-01T11:59:59.999Z' }).then(gaveWay('kavala'));
    elsewhere(another).thenRefused('ANOTHER_MERGE_GIVES_WAY');
  });
  it('are told which one gives way where another is reviewed', () => {
    const closed = merged.in({
      elsewhere: { party: { kavala: { ...city, mergedInto: 'xanthi', mergedAt }, xanthi: { ...city, ...another } } },
    });
    expect(() => closed.tries('ReviewMerge', {}, '2019-05-10')).toThrow(
      expect.objectContaining({ said: { code: 'ANOTHER_MERGE_GIVES_WAY', values: { party: 'xanthi' } } }) as Error,
    );
  });
  it('agree by their ids where both were recorded in one instant', () => {
    elsewhere({ mergedInto: 'kalava', mergedAt }).thenRefused('ANOTHER_MERGE_GIVES_WAY');
    given(merged.in({ id: 'kavala-2', elsewhere: { party: { kavala: { ...city, mergedInto: 'kavala-2', mergedAt } } } }))
      .when('ReviewMerge', {}, '2019-05-10')
      .then(gaveWay('kavala'));
  });
  it('may be several, each merged into the next', () =>
    elsewhere(
      { mergedInto: 'xanthi', mergedAt: '2020-01-01T00:00:00.000Z' },
      { xanthi: { ...city, mergedInto: 'kalava', mergedAt: '2020-01-02T00:00:00.000Z' } },
    ).then(gaveWay('kavala', 'xanthi')));
  it('leave a merge alone that only leads to such a circle, or to none', () => {
    elsewhere(
      { mergedInto: 'xanthi', mergedAt: '2020-01-01T00:00:00.000Z' },
      { xanthi: { ...city, mergedInto: 'kavala', mergedAt: '2020-01-02T00:00:00.000Z' } },
    ).thenNothing();
    elsewhere({}).thenNothing();
    given(split).when('ReviewMerge', {}).thenNothing();
  });
  it('are merged anew once one gave way, and counted so', () => {
    const free = merged
      .in({ elsewhere: { party: { kavala: { ...city, mergedInto: 'kalava', mergedAt: '2020-01-01T00:00:00.000Z' }, xanthi: city } } })
      .does('ReviewMerge', {}, '2019-05-10');
    expect(party.seen(free.state)?.mergedInto).toBeUndefined();
    expect(factsOf(party, free.history.at(-1)!, free.state, merged.state)).toEqual([
      { measure: 'party-merged', subject: { ref: 'party/kavala' }, quantity: -1 },
    ]);
    given(free).when('ReviewMerge', {}, '2019-05-10').thenNothing();
    expect(free.tries('MergeParty', into('xanthi'), '2019-05-11')).toHaveLength(1);
    given(free)
      .when('Correct', { retract: [{ revision: free.history.findIndex(({ type }) => type === 'PartyMerged') }], ...because })
      .thenNeededBy('PartyMergeGaveWay', 'NOT_MERGED');
  });
});
