import { isDeepStrictEqual } from 'node:util';
import { Name, officers, OneOf } from '../kernel/fields';
import { always, command, part } from '../kernel/part';
import type { PartialDate } from '../kernel/partial-date';
import { vocabulary } from '../kernel/refusal';
import { type Component, components } from './components';

/** Stored for ever: add optional fields freely; never rename, remove or change a meaning. */
export interface ProgrammeEvents {
  ProgrammeOpened: { name: string; components: Component[] };
}

export class OpenProgramme {
  @Name('Its name') name!: string;
  @OneOf('The components it has', components, { many: [1, components.length] }) components!: Component[];
}

type Programme =
  | { readonly phase: 'absent' }
  | { readonly phase: 'open'; readonly opening: ProgrammeEvents['ProgrammeOpened']; readonly openedOn: PartialDate };

const says = vocabulary({
  NO_SUCH_PROGRAMME: 'The programme was never opened',
  PROGRAMME_OPENED_OTHERWISE: 'The programme was opened already, otherwise',
});

export const neverOpened = ({ phase }: Programme) => (phase === 'absent' ? [says.lack('NO_SUCH_PROGRAMME')] : []);

/** A programme that calls belong to (IUC presentation in Spanish, 2019: one programme with three components). */
export const programmeCourse = part<ProgrammeEvents, Programme>()({
  says,
  commands: { OpenProgramme: command(OpenProgramme, officers, ['ProgrammeOpened']) },
  initial: { phase: 'absent' },
  offers: {
    OpenProgramme: always,
  },

  decide: {
    OpenProgramme: ({ name, components: given }, programme) => {
      const data = { name, components: components.filter((each) => given.includes(each)) };
      return programme.phase !== 'absent' && isDeepStrictEqual(programme.opening, data) ? [] : [{ type: 'ProgrammeOpened', data }];
    },
  },
  requires: {
    ProgrammeOpened: ({ phase }) => (phase === 'absent' ? [] : [says.lack('PROGRAMME_OPENED_OTHERWISE')]),
  },
  evolve: {
    ProgrammeOpened: (_, opening, { occurredOn }) => ({ phase: 'open', opening, openedOn: occurredOn }),
  },
  measures: { programmes: { counts: 'programmes opened' } },
  facts: { ProgrammeOpened: () => [{ measure: 'programmes', subject: 'programme', quantity: 1 }] },
});
