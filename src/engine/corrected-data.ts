import { isDeepStrictEqual } from 'node:util';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { fieldsOf, formsBehind, type FactCorrected, type Replacement } from '../kernel/corrections';
import { isCorrection, type Stored } from '../kernel/history';
import type { AnyLifecycle } from '../kernel/lifecycle';
import { flat } from './parse';
import { referencesIn } from './references';
import { type FieldProblem, problemAt } from './refused';
import { asDigests, asWords, describeDigests, problemWith, protectWords, refsIn } from './shapes';

/** What new data names of others in the fields of a form, and what the fact named in them before. */
interface Given {
  readonly named: ReturnType<typeof referencesIn>;
  readonly standing: ReturnType<typeof referencesIn>;
}
interface Checked {
  readonly problems: readonly FieldProblem[];
  readonly given: readonly Given[];
}
const nothing: Checked = { problems: [], given: [] };

/** Stands for words that were kept already, and checked when they were sent. */
const kept = 'kept';
/** A reference and a description as the shape asks for them, where only the rest of the data is of interest. */
const someRef = { text: '00000000-0000-4000-8000-000000000000', digest: '0'.repeat(64) };
const someDocument = { digest: '0'.repeat(64), mediaType: 'text/plain', size: 1 };

/** What a fact has said, as it was recorded and as it was corrected since. */
const saidBy = (history: readonly Stored[], { revision, data }: Stored): readonly object[] => {
  const corrections = history
    .filter((event) => event.type === 'FactCorrected')
    .map((event) => event.data as FactCorrected)
    .filter((correction) => correction.revision === revision);
  return [data as object, ...corrections.map((correction) => correction.data)];
};

const checkedBy = (form: new () => object, data: Readonly<Record<string, unknown>>) => {
  const own = fieldsOf(form);
  const fields = plainToInstance(form, Object.fromEntries(Object.entries(data).filter(([field]) => own.has(field))));
  const problems = flat(
    validateSync(fields, { skipMissingProperties: true, whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: false }),
  );
  return { form, own, fields, problems };
};

const checked = (of: AnyLifecycle, history: readonly Stored[], { revision, data }: Replacement): Checked => {
  const fact = history[revision];
  if (!data || !fact || isCorrection(fact) || fact.type === 'GateWaived') return nothing;
  const said = saidBy(history, fact);
  const standing = said.flatMap((each) => [...refsIn(fact.type, each).values()]);
  const strange = [...refsIn(fact.type, data)].filter(([, value]) => !standing.some((each) => isDeepStrictEqual(each, value)));
  if (strange.length > 0) return { problems: strange.map(([path]) => problemAt(path, 'NOT_WORDS')), given: [] };
  // What is not of the shape of the event is refused as that; forms are asked of what is.
  const shaped = describeDigests(
    fact.type,
    protectWords(fact.type, data, () => someRef),
    () => someDocument,
  );
  if (problemWith(fact.type, shaped) !== undefined) return nothing;
  const sent = asDigests(fact.type, asWords(fact.type, data, kept)) as Record<string, unknown>;
  const forms = formsBehind(of, fact.type).map((form) => checkedBy(form, sent));
  // A field that several commands give is right where one of them would take it.
  const problems = Object.keys(sent).flatMap((field) => {
    const found = forms
      .filter(({ own }) => own.has(field))
      .map((each) => each.problems.filter(({ path }) => path === field || path.startsWith(`${field}.`)));
    return found.some((each) => each.length === 0) ? [] : (found[0] ?? []);
  });
  const given = forms.map(({ form, fields }) => ({
    named: referencesIn(form, fields),
    standing: said.flatMap((each) => referencesIn(form, each)),
  }));
  return { problems, given };
};

/** New data of facts by the rules of the commands that record such facts: what is wrong with it, and where it may refer to others. */
export const correctedData = (of: AnyLifecycle, history: readonly Stored[], replace: readonly Replacement[]): Checked => {
  const all = replace.map((each) => checked(of, history, each));
  return {
    problems: all.flatMap((each, i) => each.problems.map((problem) => ({ ...problem, path: `replace.${i}.data.${problem.path}` }))),
    given: all.flatMap(({ given }) => given),
  };
};
