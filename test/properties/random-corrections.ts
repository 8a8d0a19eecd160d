import { isCorrection, type Standing } from '../../src/kernel/history';
import { actions, because } from '../states';
import type { Dice, Seen } from './random-commands';

/** What might have been typed wrongly in an event of each type. */
const mistakes = (type: string, { b, c }: Dice): object => {
  const side = c % 2 ? 'european' : 'latin-american';
  const kinds: Readonly<Record<string, readonly object[]>> = {
    PairingFormed: [{ callOpenedOn: c % 2 ? '2017-03-02' : '2017-12' }],
    ThemeAgreed: [{ theme: c % 2 ? 'housing' : 'urban-mobility' }],
    KeyActorEngaged: [{ sector: 'private' }, { actor: `actor-${c % 3}` }],
    MissionPlanned: [{ visitor: side }, { mission: 1 + (c % 4) }],
    MissionHeld: [{ delegates: c }, { mission: 1 + (c % 4) }, { from: '2018', to: '2018' }],
    PlanDrafted: [{ actions: actions.slice(0, 1).map((each) => ({ ...each, title: { text: 'x', digest: 'y' } })) }],
    PlanSubmitted: [{ approvalBy: [side] }],
    PlanApproved: [{ side }],
    PilotDesigned: [{ action: c % 2 ? 'old-town' : 'trams' }, { pilot: `p${c % 3}` }],
    PilotFunded: [{ amountMinor: c }, { pilot: `p${c % 3}` }],
    AgreementDrafted: [{ kind: c % 2 ? 'opening' : 'cooperation' }, { languages: ['es', 'en'] }],
    AgreementRenewed: [{ validUntil: `2019-0${1 + (c % 9)}-01` }],
    AgreementSigned: [{ party: c % 2 ? 'malaga' : 'cartagena' }],
    DelegationRecorded: [{ mission: 1 + (c % 4) }],
    FocalPointDesignated: [{ side }],
    NetworkAssigned: [{ network: `network-${c % 2}` }],
    PairingExtended: [{ months: 1 + (c % 3) }],
    PairingWithdrawn: [{ side }],
  };
  const these = kinds[type] ?? [{}];
  return these[b % these.length]!;
};

/** Facts taken back or corrected, alone and together; corrections taken back; a chain moved to other days. */
export const randomCorrection = ({ standing, history }: Seen, dice: Dice, date: (dice: Dice, step: number) => string): object => {
  const { a, b, c } = dice;
  const facts = standing.filter(({ type }) => type !== 'GateWaived');
  const retract = (revision: number, only = false) => ({ revision, ...(only && { only }) });
  if (facts.length === 0) return { retract: [retract(b % history.length)], ...because };
  const fact = (n: number): Standing => facts[Math.max(0, facts.length - 1 - (n % (n % 3 === 0 ? facts.length : 4)))]!;
  const one = fact(b);
  const corrections = history.filter(isCorrection);
  const newDate = (of: Standing) => ({
    revision: of.revision,
    occurredOn: c % 3 ? date(dice, of.revision) : of.occurredOn.slice(0, c % 2 ? 7 : 4),
  });
  const newData = (of: Standing) => ({ revision: of.revision, data: { ...(of.data as object), ...mistakes(of.type, dice) } });
  const kinds: readonly (() => object)[] = [
    () => ({ retract: [retract(one.revision)] }),
    () => ({ retract: [retract(one.revision, true)] }),
    () => ({ replace: [newDate(one)] }),
    () => ({ replace: [newData(one)] }),
    () => ({ replace: [{ ...newDate(one), ...newData(one) }] }),
    () => ({ retract: [retract(corrections.length > 0 ? corrections[c % corrections.length]!.revision : one.revision, c % 4 === 0)] }),
    () => ({ retract: [retract(corrections.length > 0 ? corrections.at(-1)!.revision : one.revision)], replace: [newDate(one)] }),
    () => ({ retract: [retract(b % history.length), retract(c % history.length, true)] }),
    () => ({ replace: facts.slice(-1 - (b % 5)).map((each) => newDate(each)) }),
    () => ({ replace: [newData(one)], retract: [retract(fact(c).revision)] }),
  ];
  return { ...kinds[a % kinds.length]!(), ...because };
};
