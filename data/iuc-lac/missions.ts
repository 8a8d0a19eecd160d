/** The missions of a pairing: those of which the sources tell, and the usual ones where they do not. */
import { firstMonthOf, month, type Stream } from './lines';
import { published, type Side, type Visit } from './sources';
import { type Pairing, partyOf, roundOf } from './tables';
import { words } from './words';

export const missions = (stream: Stream, { i, id, call, ends, sides, language }: Pairing): void => {
  const start = firstMonthOf(roundOf(call).kickOff);
  const virtual = call === '2019' && published[id]?.visitsBecameSeed;
  const usual = (mission: number): Visit => {
    const on = (later: number): Visit => ({ from: month(start, later), to: month(start, later) });
    if (mission === 3) return on(12);
    if (virtual) return on(mission === 1 ? 8 : 9);
    if (call === '2018') return on(mission === 1 ? 3 + (i % 3) : 8 + (i % 4));
    if (call === '2019') return on(mission === 1 ? 2 + (i % 3) : 9);
    return on(mission === 1 ? 4 + (i % 3) : 7 + (i % 4));
  };
  const third = ends === 'with agreement' && call === '2017' && i % 5 === 0;
  for (const mission of third ? [1, 2, 3] : [1, 2]) {
    const visitor: Side = mission === 2 ? 'latin-american' : 'european';
    const host = partyOf(sides[visitor === 'european' ? 'latin-american' : 'european'][0]!).name;
    const visit = published[id]?.visits?.[mission] ?? usual(mission);
    const online = call === '2019' && (mission === 2 || virtual);
    const first = visit.announced?.for ?? (online ? month(firstMonthOf(visit.from), -2) : visit.from);
    const as = `mission-${mission}`;
    const plannedOn = visit.announced?.on ?? month(firstMonthOf(first), -1);
    stream.does('PlanMission', { mission, visitor, from: first, to: first === visit.from ? visit.to : first }, plannedOn, `${as}-planned`);
    if (visit.announced) {
      // When it was moved is not said: at the latest in the month it had been announced for.
      stream.does('RescheduleMission', { mission, from: visit.from, to: visit.to }, visit.announced.for, `${as}-rescheduled`);
    }
    if (online) stream.does('MakeMissionVirtual', { mission, reason: words.pandemic[language] }, first, `${as}-virtual`);
    if (ends === 'without plan' && mission === 2 && call === '2017' && i % 2 === 0) {
      stream.does('CancelMission', { mission, reason: words.cancelled[language] }, first, `${as}-cancelled`);
      continue;
    }
    const delegates = visit.delegates ?? 3 + ((i + 2 * mission) % 5);
    stream.does(
      'HoldMission',
      { mission, from: visit.from, to: visit.to, place: online ? 'online' : host, delegates },
      visit.to,
      `${as}-held`,
    );
    if (visit.outputs !== undefined || mission === 1)
      stream.does('ReportMission', { mission, outputs: visit.outputs ?? words.report[language] }, firstMonthOf(visit.to), `${as}-reported`);
  }
};
