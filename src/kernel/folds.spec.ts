import { because } from '../../test/states';
import { story } from '../../test/given';
import { pipa } from '../lifecycles/pipa';
import { foldedUpTo } from './folds';
import { fold } from './history';

const book = () => undefined;
const told = story(pipa, { book, id: 'ibermuseos' })
  .does('RegisterPipa', { name: 'Ibermuseos', kind: 'initiative' }, '2007')
  .does('ApprovePipa', {}, '2007')
  .does('ChangePipaKind', { becomes: 'programme' }, '2015')
  .does('Correct', { replace: [{ revision: 2, occurredOn: '2008' }], ...because })
  .does('AccedeCountry', { country: 'AR' }, '2010')
  .does('Correct', { retract: [{ revision: 1, only: true }], ...because });

describe('where a stream stands after an event', () => {
  it.each([
    ['from the first to the last', [0, 1, 2, 3, 4, 5]],
    ['from the last to the first', [5, 4, 3, 2, 1, 0]],
    ['here and there, and again', [4, 1, 5, 1, 3, 0, 5, 2, 2, 4]],
  ])('is what all up to it comes to, asked %s', (_, revisions) => {
    const { history } = told;
    for (const revision of revisions)
      expect([revision, foldedUpTo(pipa, history, revision, book)]).toEqual([revision, fold(pipa, history.slice(0, revision + 1), book)]);
  });
  it('is the beginning before the first', () => {
    expect(foldedUpTo(pipa, told.history, -1, book)).toEqual(fold(pipa, [], book));
  });
});
