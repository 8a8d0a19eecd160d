import { given, story, words } from '../../test/given';
import { dataSet } from '../lifecycles/data-set';

const body = {
  title: 'Pairings of the closing newsletter',
  source: 'IUC-LAC newsletter, 2020',
  illustrative: true,
  measures: ['pilot-designs'],
  note: 'The spread over pairings is made up',
};
const undeclared = story(dataSet, { book: () => undefined });
const declared = undeclared.does('DeclareDataSet', body);

describe('declaring a data set', () => {
  it('says where it comes from and which figures rest on what was made up', () =>
    given(undeclared)
      .when('DeclareDataSet', body)
      .then({ type: 'DataSetDeclared', data: { ...body, note: words(body.note) } }));
  it('is done once', () => given(declared).when('DeclareDataSet', body).thenNothing());
  it('is refused where it was declared otherwise', () =>
    given(declared)
      .when('DeclareDataSet', { ...body, illustrative: false })
      .thenRefused('DATA_SET_DECLARED_OTHERWISE'));
  it('is seen by others as illustrative', () => {
    expect(dataSet.seen(declared.state)).toEqual({ illustrative: true });
    expect(dataSet.seen(undeclared.state)).toBeUndefined();
  });
});
