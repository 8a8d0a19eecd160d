import type { Recomputed } from '../engine/recomputing';
import type { RowDifference } from '../engine/row-differences';
import { type Check, checked, Found } from './checks';

const differing = ({ table, row, is }: RowDifference): string => {
  if (is === 'missing') return `${table}: the row of ${row} is missing`;
  if (is === 'too many') return `${table}: no event makes the row of ${row}`;
  const columns = is.map(({ column, served, anew }) =>
    served === null && anew === null ? column : `${column} is ${served ?? 'nothing'} and not ${anew ?? 'nothing'}`,
  );
  return `${table}: the row of ${row} differs: ${columns.join('; ')}`;
};

/** What came of making a read model anew, in words. */
export const rowsChecked = ({ readModel, rows, total, first, failing, parked, trouble }: Recomputed): Check => {
  const found = new Found();
  if (trouble !== undefined) found.add(trouble);
  found.add(...failing.map(({ stream, error }) => `${stream} cannot be taken in: ${error}`));
  found.add(...first.map(differing));
  found.total += total - first.length;
  return {
    ...checked(`${readModel} has the rows that its events make`, rows, found),
    ...(parked.length > 0 && { figures: { 'streams parked, whose rows are not compared': parked.length } }),
  };
};
