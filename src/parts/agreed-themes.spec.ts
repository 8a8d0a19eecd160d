import { given, words } from '../../test/given';
import { because, formed } from '../../test/states';

const agreed = formed.does('AgreeTheme', { theme: 'urban-mobility' }, '2017-09');
const dropped = agreed.does('DropTheme', { theme: 'urban-mobility', reason: 'No staff' }, '2018-01');

describe('agreeing on a theme', () => {
  it('records it', () =>
    given(formed)
      .when('AgreeTheme', { theme: 'housing' })
      .then({ type: 'ThemeAgreed', data: { theme: 'housing' } }));
  it('is done once', () => given(agreed).when('AgreeTheme', { theme: 'urban-mobility' }).thenNothing());
  it('can follow after the theme was dropped', () =>
    given(dropped)
      .when('AgreeTheme', { theme: 'urban-mobility' })
      .then({ type: 'ThemeAgreed', data: { theme: 'urban-mobility' } }));
  it('is not corrected into a theme that is agreed already', () =>
    given(agreed.does('AgreeTheme', { theme: 'housing' }))
      .when('Correct', { replace: [{ revision: 2, data: { theme: 'urban-mobility' } }], ...because })
      .thenNeededBy('ThemeAgreed', 'THEME_ALREADY_AGREED'));
});

describe('dropping a theme', () => {
  it('says why', () =>
    given(agreed)
      .when('DropTheme', { theme: 'urban-mobility', reason: 'No staff' })
      .then({ type: 'ThemeDropped', data: { theme: 'urban-mobility', reason: words('No staff') } }));
  it('is done once', () => given(dropped).when('DropTheme', { theme: 'urban-mobility', reason: 'No staff' }).thenNothing());
  it('is refused for a theme that was never agreed', () =>
    given(agreed).when('DropTheme', { theme: 'housing' }).thenRefused('THEME_NOT_AGREED'));
  it('is refused for a theme dropped for another reason', () =>
    given(dropped).when('DropTheme', { theme: 'urban-mobility' }).thenRefused('THEME_NOT_AGREED'));
});
