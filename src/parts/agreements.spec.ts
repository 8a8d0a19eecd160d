import { documentOf, given, words } from '../../test/given';
import { agreementConcluded, agreementDrafted, because, formed, secondMissionHeld, signatories, signedByOne } from '../../test/states';
import { factsOf } from '../kernel/lifecycle';
import { pairing } from '../lifecycles/pairing';

const draft = { agreement: 'cooperation', kind: 'cooperation', signatories, languages: ['es'] } as const;
const agreement = 'cooperation';
const sign = (party: string, language = 'es') => ({ agreement, party, language });
const amended = agreementConcluded.does('AmendAgreement', { agreement, amendment: 'first', subject: 'A third city' }, '2019-01');
const terminated = agreementConcluded.does('TerminateAgreement', { agreement, reason: 'Other aims' }, '2019-02');

describe('drafting an agreement', () => {
  const of = (more: object) => given(formed).when('DraftAgreement', { ...draft, languages: ['es'], signatories, ...more }, '2018-09');
  it('says who signs it, in which languages', () =>
    of({}).then({ type: 'AgreementDrafted', data: { ...draft, signatories, languages: ['es'] } }));
  it('is done once, also when it is signed', () => given(signedByOne).when('DraftAgreement', draft).thenNothing());
  it('is refused where it was drafted otherwise', () =>
    given(agreementDrafted)
      .when('DraftAgreement', { ...draft, kind: 'opening' })
      .thenRefused('AGREEMENT_ALREADY_DRAFTED'));
  it('is refused where nobody signs for one side', () =>
    of({ signatories: [{ party: 'malaga' }, { party: 'malaga' }] }).thenRefused('SIGNATORY_TWICE'));
  it('needs a signatory of every side, and none from outside', () => {
    of({ signatories: [{ party: 'malaga' }, { party: 'seville' }] }).thenRefused('SIGNATORY_OUTSIDE');
    given(agreementDrafted)
      .when('Correct', {
        replace: [{ revision: agreementDrafted.history.length - 1, data: { ...draft, signatories: signatories.slice(0, 1) } }],
        ...because,
      })
      .thenNeededBy('AgreementDrafted', 'SIDE_WITHOUT_SIGNATORY');
  });
});

describe('signing an agreement', () => {
  it('is one fact for each party and copy', () =>
    given(agreementDrafted)
      .when('SignAgreement', sign('malaga'), '2018-10-01')
      .then({ type: 'AgreementSigned', data: sign('malaga') }));
  it('concludes it with the last signature', () =>
    given(signedByOne)
      .when('SignAgreement', sign('cartagena'), '2018-10-12')
      .then({ type: 'AgreementSigned', data: sign('cartagena') }, { type: 'AgreementConcluded', data: { agreement } }));
  it('concludes it on the day of the latest signature, whichever was recorded last', () => {
    const lateFirst = agreementDrafted.does('SignAgreement', sign('malaga'), '2018-11-20');
    const concluded = lateFirst.does('SignAgreement', sign('cartagena'), '2018-10-12');
    expect(concluded.state.agreements[agreement]?.concludedOn).toBe('2018-11-20');
    given(concluded)
      .when('EndWithoutAgreement', { reason: 'Other aims' }, '2018-11-19')
      .thenRefused('GATE_CLOSED', 'end-after-the-rest', 'NOTHING_LATER');
  });
  it('needs the latest signature to lie within the support period', () =>
    given(agreementDrafted.does('SignAgreement', sign('malaga'), '2019-03-12'))
      .when('SignAgreement', sign('cartagena'), '2018-10-12')
      .thenRefused('GATE_CLOSED', 'within-support-period', 'WITHIN_SUPPORT'));
  it('waits for every language copy', () => {
    const copies = secondMissionHeld
      .does('DraftAgreement', { ...draft, languages: ['es', 'en'] }, '2018-09')
      .does('SignAgreement', sign('malaga'), '2018-10')
      .does('SignAgreement', sign('malaga', 'en'), '2018-10')
      .does('SignAgreement', sign('cartagena'), '2018-10');
    expect(copies.state.agreements[agreement]?.is).toBe('draft');
    expect(copies.does('SignAgreement', sign('cartagena', 'en'), '2018-10').state.agreements[agreement]?.is).toBe('concluded');
  });
  it('is done once', () => {
    given(signedByOne).when('SignAgreement', sign('malaga'), '2018-10-01').thenNothing();
    given(agreementConcluded).when('SignAgreement', sign('cartagena'), '2018-10-12').thenNothing();
  });
  it('is refused on another day', () =>
    given(signedByOne).when('SignAgreement', sign('malaga'), '2018-10-02').thenRefused('SIGNED_ALREADY'));
  it('is refused for no agreement, no signatory, no copy', () => {
    given(formed).when('SignAgreement', sign('malaga')).thenRefused('NO_SUCH_AGREEMENT');
    given(agreementDrafted).when('SignAgreement', sign('seville')).thenRefused('NOT_A_SIGNATORY');
    given(agreementDrafted).when('SignAgreement', sign('malaga', 'hr')).thenRefused('NO_SUCH_COPY');
  });
  it('cannot be taken back behind the conclusion that rests on it', () => {
    const first = signedByOne.history.length - 1;
    given(agreementConcluded)
      .when('Correct', { retract: [{ revision: first }], ...because })
      .thenNeededBy('AgreementConcluded', 'SIGNATURE_MISSING');
  });
  it('takes the conclusion back with the last signature', () => {
    const last = signedByOne.history.length;
    const undone = agreementConcluded.does('Correct', { retract: [{ revision: last }], ...because });
    expect(undone.state).toEqual(signedByOne.state);
  });
  it('counts the agreement once it is concluded', () =>
    expect(
      factsOf(pairing, agreementConcluded.standing.at(-1)!, agreementConcluded.state, signedByOne.state).map(({ measure }) => measure),
    ).toEqual(['agreements-concluded', 'agreements-in-force']));
});

describe('amending an agreement', () => {
  const body = { agreement, amendment: 'first', subject: 'A third city' };
  it('says what changes', () =>
    given(agreementConcluded)
      .when('AmendAgreement', body)
      .then({ type: 'AgreementAmended', data: { ...body, subject: words('A third city') } }));
  it('is done once', () => given(amended).when('AmendAgreement', body).thenNothing());
  it('is refused where the amendment was made otherwise', () =>
    given(amended)
      .when('AmendAgreement', { ...body, subject: 'A fourth' })
      .thenRefused('AMENDMENT_ALREADY_MADE'));
  it('is refused for a draft', () => given(agreementDrafted).when('AmendAgreement', body).thenRefused('AGREEMENT_NOT_OPEN'));
});

describe('terminating an agreement', () => {
  const body = { agreement, reason: 'Other aims' };
  it('says why', () =>
    given(agreementConcluded)
      .when('TerminateAgreement', body)
      .then({ type: 'AgreementTerminated', data: { agreement, reason: words('Other aims') } }));
  it('is done once', () => given(terminated).when('TerminateAgreement', body).thenNothing());
  it('is refused for a draft, or for another reason', () => {
    given(signedByOne).when('TerminateAgreement', body).thenRefused('AGREEMENT_NOT_OPEN');
    given(terminated).when('TerminateAgreement', { agreement, reason: 'Silence' }).thenRefused('AGREEMENT_NOT_OPEN');
  });
});

describe('attaching the signed copy of an agreement', () => {
  const [spanish, portuguese, unsaid] = [documentOf('es'), documentOf('pt'), documentOf()];
  const documents = [spanish, portuguese, unsaid];
  const concluded = agreementConcluded.in({ documents });
  const attach = ({ digest: document }: typeof spanish, language: 'es' | 'pt' = 'es') => ({ agreement, language, document });
  const attached = concluded.does('AttachAgreementCopy', attach(spanish), '2018-10-20');

  it('says which copy it is, also where nobody said the language of the document', () => {
    for (const document of [spanish, unsaid])
      given(concluded)
        .when('AttachAgreementCopy', attach(document), '2018-10-20')
        .then({ type: 'AgreementCopyAttached', data: { agreement, language: 'es', document } });
  });
  it('is done once', () => given(attached).when('AttachAgreementCopy', attach(spanish), '2018-10-20').thenNothing());
  it('is refused where another is attached', () =>
    given(attached).when('AttachAgreementCopy', attach(unsaid), '2018-10-20').thenRefused('COPY_ATTACHED_ALREADY'));
  it('is refused for a language that the agreement has no copy in, or that the document is not in', () => {
    given(concluded).when('AttachAgreementCopy', attach(portuguese, 'pt'), '2018-10-20').thenRefused('NO_SUCH_COPY');
    given(concluded).when('AttachAgreementCopy', attach(portuguese), '2018-10-20').thenRefused('COPY_IN_ANOTHER_LANGUAGE');
  });
  it('is refused where somebody has not signed that copy, or there is no such agreement', () => {
    given(signedByOne.in({ documents })).when('AttachAgreementCopy', attach(spanish), '2018-10-20').thenRefused('SIGNATURE_MISSING');
    given(concluded)
      .when('AttachAgreementCopy', { ...attach(spanish), agreement: 'other' }, '2018-10-20')
      .thenRefused('NO_SUCH_AGREEMENT');
  });
  it('is replaced by a correction, and can be done when the agreement is terminated', () => {
    const corrected = attached.does('Correct', {
      replace: [{ revision: attached.history.length - 1, data: { ...attach(spanish), document: unsaid } }],
      ...because,
    });
    expect(corrected.state.agreements[agreement]?.copies).toEqual({ es: unsaid });
    given(terminated.in({ documents }))
      .when('AttachAgreementCopy', attach(spanish), '2019-03')
      .then({ type: 'AgreementCopyAttached', data: { agreement, language: 'es', document: spanish } });
  });
});
