import { isDeepStrictEqual } from 'node:util';
import { DocumentRef, Name, officers, ProtectedText, Slug, type StoredDocument, type TextRef } from '../kernel/fields';
import { PartialDate } from '../kernel/fields-dates';
import { always, command, part } from '../kernel/part';
import { certainlyAfter, certainlyBefore, type PartialDate as Date } from '../kernel/partial-date';
import { vocabulary } from '../kernel/refusal';

/** Stored for ever: add optional fields freely; never rename, remove or change a meaning. */
export interface PipaChangeEvents {
  PipaModified: { modification: string; subject: TextRef; document?: StoredDocument };
  PipaExtended: { until: string; decidedBy?: string; reason?: TextRef };
  PipaEvaluated: { evaluation: string; by?: string; document?: StoredDocument };
}

export class ModifyPipa {
  @Slug('The modification, which tells it from others') modification!: string;
  @ProtectedText('What is different from then on') subject!: TextRef;
  @DocumentRef('The document of formulation as modified', { optional: true }) document?: StoredDocument;
}
export class ExtendPipa {
  @PartialDate('Until when it is extended, as far as it is known') until!: string;
  @Name('Who decided it', { optional: true }) decidedBy?: string;
  @ProtectedText('Why', { optional: true }) reason?: TextRef;
}
export class EvaluatePipa {
  @Slug('The evaluation, which tells it from others') evaluation!: string;
  @Name('The organisation that evaluated it', { optional: true }) by?: string;
  @DocumentRef('Its report', { optional: true }) document?: StoredDocument;
}

interface Dated<Data> {
  readonly on: Date;
  readonly data: Data;
}
/** Each in the order of recording. */
export interface PipaChanges {
  readonly modifications: readonly Dated<PipaChangeEvents['PipaModified']>[];
  readonly extensions: readonly Dated<PipaChangeEvents['PipaExtended']>[];
  readonly evaluations: readonly Dated<PipaChangeEvents['PipaEvaluated']>[];
}

const says = vocabulary({
  PIPA_MODIFICATION_STANDS: 'The modification {modification} was recorded already, otherwise',
  PIPA_EVALUATION_STANDS: 'The evaluation {evaluation} was recorded already, otherwise',
  PIPA_EXTENSION_OVER: 'An extension decided on {occurredOn} does not end on {until}, before that',
  PIPA_EXTENSION_NOT_LATER: 'It was extended until {standing} by then: another extension ends later than that, not on {until}',
});

const stands = (known: readonly Dated<object>[], data: object, on: Date) => known.some((each) => isDeepStrictEqual(each, { on, data }));

/** What happens to a programme, an initiative or an affiliated project while it runs: modified, extended, evaluated. */
export const pipaChanges = part<PipaChangeEvents, PipaChanges>()({
  says,
  commands: {
    ModifyPipa: command(ModifyPipa, officers, ['PipaModified']),
    ExtendPipa: command(ExtendPipa, officers, ['PipaExtended']),
    EvaluatePipa: command(EvaluatePipa, officers, ['PipaEvaluated']),
  },
  initial: { modifications: [], extensions: [], evaluations: [] },
  offers: {
    ModifyPipa: always,
    ExtendPipa: () => [{ such: { until: '2199' } }],
    EvaluatePipa: always,
  },

  decide: {
    ModifyPipa: ({ modification, subject, document }, { modifications }, { occurredOn }) => {
      const data = { modification, subject, ...(document && { document }) };
      return stands(modifications, data, occurredOn) ? [] : [{ type: 'PipaModified', data }];
    },
    ExtendPipa: ({ until, decidedBy, reason }, { extensions }, { occurredOn }) => {
      const data = { until, ...(decidedBy !== undefined && { decidedBy }), ...(reason && { reason }) };
      return stands(extensions, data, occurredOn) ? [] : [{ type: 'PipaExtended', data }];
    },
    EvaluatePipa: ({ evaluation, by, document }, { evaluations }, { occurredOn }) => {
      const data = { evaluation, ...(by !== undefined && { by }), ...(document && { document }) };
      return stands(evaluations, data, occurredOn) ? [] : [{ type: 'PipaEvaluated', data }];
    },
  },

  requires: {
    PipaModified: ({ modifications }, { modification }) =>
      modifications.some(({ data }) => data.modification === modification) ? [says.lack('PIPA_MODIFICATION_STANDS', { modification })] : [],
    PipaExtended: ({ extensions }, { until }, { occurredOn }) => {
      if (certainlyBefore(until, occurredOn)) return [says.lack('PIPA_EXTENSION_OVER', { until, occurredOn })];
      const longer = extensions.find(({ on, data }) => !certainlyAfter(on, occurredOn) && !certainlyAfter(until, data.until));
      return longer ? [says.lack('PIPA_EXTENSION_NOT_LATER', { standing: longer.data.until, until })] : [];
    },
    PipaEvaluated: ({ evaluations }, { evaluation }) =>
      evaluations.some(({ data }) => data.evaluation === evaluation) ? [says.lack('PIPA_EVALUATION_STANDS', { evaluation })] : [],
  },

  evolve: {
    PipaModified: (now, data, { occurredOn: on }) => ({ ...now, modifications: [...now.modifications, { on, data }] }),
    PipaExtended: (now, data, { occurredOn: on }) => ({ ...now, extensions: [...now.extensions, { on, data }] }),
    PipaEvaluated: (now, data, { occurredOn: on }) => ({ ...now, evaluations: [...now.evaluations, { on, data }] }),
  },

  measures: {
    'pipa-modifications': { counts: 'modifications of programmes, initiatives and affiliated projects' },
    'pipa-extensions': { counts: 'extensions of programmes, initiatives and affiliated projects' },
    'pipa-evaluations': { counts: 'evaluations of programmes, initiatives and affiliated projects' },
  },
  facts: {
    PipaModified: ({ modification }) => [{ measure: 'pipa-modifications', subject: `modification ${modification}`, quantity: 1 }],
    PipaExtended: ({ until }) => [{ measure: 'pipa-extensions', subject: `extension until ${until}`, quantity: 1 }],
    PipaEvaluated: ({ evaluation }) => [{ measure: 'pipa-evaluations', subject: `evaluation ${evaluation}`, quantity: 1 }],
  },
});
