import { isDeepStrictEqual } from 'node:util';
import { changedFacts } from '../kernel/changed-facts';
import { Count, DocumentRef, officers, type StoredDocument, type Whole } from '../kernel/fields';
import { Day } from '../kernel/fields-dates';
import { command, deadline, type Fact, part } from '../kernel/part';
import { certainlyAfter, certainlyBefore, type Day as WholeDay, lastDay, type PartialDate } from '../kernel/partial-date';
import { vocabulary } from '../kernel/refusal';

/** Stored for ever: add optional fields freely; never rename, remove or change a meaning. */
export interface AnnualReportEvents {
  /** `dueOn`: its last day. */
  AnnualReportDeadlineSet: { year: Whole; dueOn: string };
  AnnualReportFiled: { year: Whole; document?: StoredDocument };
}

const year = { min: 1991, max: 2199 };
export class SetAnnualReportDeadline {
  @Count('The year that is reported on', year) year!: number;
  @Day('The last day for it') dueOn!: string;
}
export class FileAnnualReport {
  @Count('The year that is reported on', year) year!: number;
  @DocumentRef('The report', { optional: true }) document?: StoredDocument;
}

export interface AnnualReport {
  /** The deadline recorded last. */
  readonly due?: { readonly setOn: PartialDate; readonly dueOn: WholeDay };
  readonly filed?: { readonly on: PartialDate; readonly data: AnnualReportEvents['AnnualReportFiled'] };
}
/** By year. */
export type AnnualReports = Readonly<Record<number, AnnualReport>>;

const says = vocabulary({
  ANNUAL_REPORT_FILED_OTHERWISE: 'The annual report of {year} was filed already, otherwise',
  ANNUAL_REPORT_BEFORE_ITS_YEAR: 'The annual report of {year} was not filed on {occurredOn}, before that year began',
});

export type ReportStanding = 'not-asked' | 'due' | 'late' | 'filed' | 'filed-late';
/** How the report of a year stands on a day; dates known roughly have the benefit of the doubt. */
export const standingOf = ({ due, filed }: AnnualReport, day: WholeDay): ReportStanding => {
  if (filed && !certainlyAfter(filed.on, day)) return due && certainlyAfter(filed.on, due.dueOn) ? 'filed-late' : 'filed';
  if (!due) return 'not-asked';
  return day > due.dueOn ? 'late' : 'due';
};
/** The years whose report is late on a day. */
export const lateOn = (reports: AnnualReports, day: WholeDay): readonly number[] =>
  Object.keys(reports)
    .map(Number)
    .filter((each) => standingOf(reports[each]!, day) === 'late');

const change = (reports: AnnualReports, of: number, to: AnnualReport): AnnualReports => ({ ...reports, [of]: { ...reports[of], ...to } });
const anotherYear = (reports: AnnualReports, on: PartialDate): number =>
  [0, 1, 2, 3, 4].map((back) => Number(on.slice(0, 4)) - back).find((each) => reports[each]?.filed === undefined) ?? Number(on.slice(0, 4));

type Measure = 'annual-reports-due' | 'annual-reports-filed';
const counted = (reports: AnnualReports, of: number): readonly Fact<Measure>[] => {
  const { due, filed } = reports[of] ?? {};
  const subject = `annual report ${of}`;
  return [
    ...(due ? [{ measure: 'annual-reports-due' as const, subject, quantity: 1, on: due.dueOn, by: { year: String(of) } }] : []),
    ...(filed
      ? [
          {
            ...{ measure: 'annual-reports-filed' as const, subject, quantity: 1, on: filed.on },
            by: {
              year: String(of),
              filed: !due ? 'without-deadline' : standingOf({ due, filed }, lastDay(filed.on)) === 'filed-late' ? 'late' : 'in-time',
            },
          },
        ]
      : []),
  ];
};

/** The annual report of each year: due by a day that was declared, filed once. That it is late follows from the dates. */
export const annualReports = part<AnnualReportEvents, AnnualReports>()({
  says,
  commands: {
    SetAnnualReportDeadline: command(SetAnnualReportDeadline, officers, ['AnnualReportDeadlineSet']),
    FileAnnualReport: command(FileAnnualReport, officers, ['AnnualReportFiled']),
  },
  initial: {},
  offers: {
    SetAnnualReportDeadline: (reports, _, __, on) => [{ such: { year: anotherYear(reports, on) } }],
    FileAnnualReport: (reports, _, __, on) => [
      { such: { year: anotherYear(reports, on) } },
      ...Object.entries(reports).flatMap(([of, { filed }]) => (filed ? [] : [{ known: { year: Number(of) } }])),
    ],
  },

  decide: {
    SetAnnualReportDeadline: ({ year, dueOn }, reports, { occurredOn: setOn }) =>
      isDeepStrictEqual(reports[year]?.due, { setOn, dueOn }) ? [] : [{ type: 'AnnualReportDeadlineSet', data: { year, dueOn } }],
    FileAnnualReport: ({ year, document }, reports, { occurredOn: on }) => {
      const data = { year, ...(document && { document }) };
      return isDeepStrictEqual(reports[year]?.filed, { on, data }) ? [] : [{ type: 'AnnualReportFiled', data }];
    },
  },

  requires: {
    AnnualReportFiled: (reports, { year }, { occurredOn }) => {
      if (reports[year]?.filed) return [says.lack('ANNUAL_REPORT_FILED_OTHERWISE', { year })];
      return certainlyBefore(occurredOn, String(year)) ? [says.lack('ANNUAL_REPORT_BEFORE_ITS_YEAR', { year, occurredOn })] : [];
    },
  },

  evolve: {
    AnnualReportDeadlineSet: (reports, { year, dueOn }, { occurredOn: setOn }) => change(reports, year, { due: { setOn, dueOn } }),
    AnnualReportFiled: (reports, data, { occurredOn: on }) => change(reports, data.year, { filed: { on, data } }),
  },

  measures: {
    'annual-reports-due': { counts: 'annual reports due, on their deadline', by: ['year'] },
    'annual-reports-filed': { counts: 'annual reports filed, in time or late', by: ['year', 'filed'] },
  },
  facts: {
    AnnualReportDeadlineSet: ({ year }, after, before) => changedFacts(counted(before, year), counted(after, year)),
    AnnualReportFiled: ({ year }, after, before) => changedFacts(counted(before, year), counted(after, year)),
  },

  deadlines: (reports) =>
    Object.entries(reports).flatMap(([of, { due, filed }]) => (due ? [deadline('annual-report', of, due.dueOn, filed?.on)] : [])),
});
