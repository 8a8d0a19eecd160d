import { isDeepStrictEqual } from 'node:util';
import { Name, officers, ProtectedText, Slug, type TextRef, YesNo } from '../kernel/fields';
import { always, command, part } from '../kernel/part';
import { vocabulary } from '../kernel/refusal';

/** Stored for ever: add optional fields freely; never rename, remove or change a meaning. */
export interface ProvenanceEvents {
  DataSetDeclared: { title: string; source: string; illustrative: boolean; measures: string[]; note: TextRef };
}

export class DeclareDataSet {
  @Name('Title of the data set') title!: string;
  @Name('Document it was taken from, with its date') source!: string;
  @YesNo('Part of it is not published and was made up so that totals come out') illustrative!: boolean;
  @Slug('The measures whose figures rest on what was made up', { many: [0, 100] }) measures!: string[];
  @ProtectedText('What is published in it, and what is not') note!: TextRef;
}

export interface DataSet {
  readonly declared?: {
    readonly title: string;
    readonly source: string;
    readonly illustrative: boolean;
    readonly measures: readonly string[];
    readonly note: TextRef;
  };
}

const says = vocabulary({ DATA_SET_DECLARED_OTHERWISE: 'The data set was declared already, otherwise' });

/** Where imported data comes from. What rests on an illustrative data set is marked so wherever it is printed. */
export const provenance = part<ProvenanceEvents, DataSet>()({
  says,
  commands: { DeclareDataSet: command(DeclareDataSet, officers, ['DataSetDeclared']) },
  initial: {},
  offers: {
    DeclareDataSet: always,
  },

  decide: {
    DeclareDataSet: ({ title, source, illustrative, measures, note }, { declared }) => {
      const data = { title, source, illustrative, measures: [...measures], note };
      return isDeepStrictEqual(declared, data) ? [] : [{ type: 'DataSetDeclared', data }];
    },
  },

  requires: { DataSetDeclared: ({ declared }) => (declared ? [says.lack('DATA_SET_DECLARED_OTHERWISE')] : []) },

  evolve: {
    DataSetDeclared: (_, { title, source, illustrative, measures, note }) => ({
      declared: { title, source, illustrative, measures, note },
    }),
  },

  measures: {
    'data-sets': { counts: 'data sets declared', by: ['illustrative'] },
    'illustrative-measures': { counts: 'measures that data sets made up in part', by: ['measure', 'title'] },
  },
  facts: {
    DataSetDeclared: ({ title, illustrative, measures }) => [
      { measure: 'data-sets', subject: 'data set', quantity: 1, by: { illustrative: illustrative ? 'yes' : 'no' } },
      ...measures.map((measure) => ({
        measure: 'illustrative-measures' as const,
        subject: `measure ${measure}`,
        quantity: 1,
        by: { measure, title },
      })),
    ],
  },
});
