import { given, story } from '../../test/given';
import { lifecycle } from '../kernel/lifecycle';
import { vocabulary } from '../kernel/refusal';
import { pairingPlaces } from './pairing-places';

/** An application that was selected for so many pairings. */
const selectedFor = (places: number) =>
  story(
    lifecycle(
      'application',
      { places: pairingPlaces },
      {
        plural: 'applications',
        says: vocabulary({}),
        gates: {},
        supply: { places: () => ({ places }) },
        responsible: 'every-officer',
        dimensions: {},
        rules: () => undefined,
        seen: () => ({}),
      },
    ),
    { book: () => undefined },
  );
const paired = (places: number) => selectedFor(places).does('MarkPaired', { pairing: 'vina-del-mar-almada' });
const [first, second] = [{ pairing: 'vina-del-mar-almada' }, { pairing: 'belo-horizonte-almada' }];

describe('the pairings that an application serves', () => {
  it('are marked when they are formed from it', () =>
    given(selectedFor(1)).when('MarkPaired', first).then({ type: 'ApplicationPaired', data: first }));
  it('are marked once', () => given(paired(1)).when('MarkPaired', first).thenNothing());
  it('are no more than it was selected for', () => given(paired(1)).when('MarkPaired', second).thenRefused('SERVES_OTHER_PAIRINGS'));
  it('are two where its party was selected for two', () =>
    given(paired(2)).when('MarkPaired', second).then({ type: 'ApplicationPaired', data: second }));
  it('are none while it is not selected', () => given(selectedFor(0)).when('MarkPaired', first).thenRefused('NOT_SELECTED_TO_BE_PAIRED'));
  it('are left when they are dissolved', () =>
    given(paired(1)).when('FreeApplication', first).then({ type: 'ApplicationFreed', data: first }));
  it('cannot be left twice, and nothing need be recorded of that', () =>
    given(selectedFor(1)).when('FreeApplication', first).thenNothing());
  it('make room for others once left', () =>
    given(paired(1).does('FreeApplication', first)).when('MarkPaired', second).then({ type: 'ApplicationPaired', data: second }));
});
