import { documentOf, given, words } from '../../test/given';
import {
  actions,
  because,
  missionHeld,
  pilotDesigned,
  planApproved,
  planDrafted,
  planHalfApproved,
  planSubmitted,
} from '../../test/states';
import { factsOf } from '../kernel/lifecycle';
import { pairing } from '../lifecycles/pairing';

const listed = actions.map((each) => ({ ...each, title: words(each.title) }));
const fewer = actions.slice(0, 1);
const returned = planHalfApproved.does('ReturnPlan', { version: 1, by: 'programme', reason: 'No indicators' }, '2018-04-28');
const amended = planApproved.does('AmendPlan', { version: 2, actions: fewer, reason: 'Less money' }, '2018-07');
const revisionOf = (type: string) => planApproved.standing.find((fact) => fact.type === type)!.revision;

describe('drafting a plan', () => {
  it('lists its actions', () =>
    given(missionHeld)
      .when('DraftPlan', { version: 1, actions }, '2018-03')
      .then({ type: 'PlanDrafted', data: { version: 1, actions: listed } }));
  it('is done once, and again with other actions', () => {
    given(planDrafted).when('DraftPlan', { version: 1, actions }).thenNothing();
    given(planDrafted)
      .when('DraftPlan', { version: 1, actions: fewer }, '2018-03')
      .then({ type: 'PlanDrafted', data: { version: 1, actions: listed.slice(0, 1) } });
  });
  it('begins with version 1', () =>
    given(missionHeld).when('DraftPlan', { version: 2, actions }, '2018-03').thenRefused('PLAN_VERSION_UNEXPECTED'));
  it('is refused where an action occurs twice', () =>
    given(missionHeld)
      .when('DraftPlan', { version: 1, actions: [...actions, ...fewer] }, '2018-03')
      .thenRefused('ACTION_TWICE'));
  it('is refused once the plan is submitted or approved', () => {
    given(planSubmitted).when('DraftPlan', { version: 1, actions }, '2018-05').thenRefused('PLAN_NOT_OPEN');
    given(planApproved).when('DraftPlan', { version: 1, actions: fewer }, '2018-05').thenRefused('PLAN_NOT_OPEN');
  });
  it('follows a return', () =>
    expect(returned.does('DraftPlan', { version: 1, actions: fewer }, '2018-05').state.plan.versions[1]).toMatchObject({
      is: 'draft',
      approvedBy: [],
    }));
});

describe('submitting a plan', () => {
  it('asks every side to approve it', () =>
    given(planDrafted)
      .when('SubmitPlan', { version: 1 }, '2018-04')
      .then({ type: 'PlanSubmitted', data: { version: 1, approvalBy: ['european', 'latin-american'] } }));
  it('is done once', () => given(planSubmitted).when('SubmitPlan', { version: 1 }).thenNothing());
  it('is refused for what is no draft', () => {
    given(missionHeld).when('SubmitPlan', { version: 1 }, '2018-04').thenRefused('PLAN_NOT_A_DRAFT');
    given(returned).when('SubmitPlan', { version: 1 }, '2018-05').thenRefused('PLAN_NOT_A_DRAFT');
    given(planApproved).when('SubmitPlan', { version: 1 }, '2018-05').thenRefused('PLAN_NOT_A_DRAFT');
  });
  it('cannot be corrected so that a side need not approve', () =>
    given(planSubmitted)
      .when('Correct', { replace: [{ revision: revisionOf('PlanSubmitted'), data: { version: 1, approvalBy: ['european'] } }], ...because })
      .thenRefused('DERIVED_BY_THE_RULES'));
});

describe('returning a plan', () => {
  const body = { version: 1, by: 'programme', reason: 'No indicators' };
  it('says what has to change', () =>
    given(planSubmitted)
      .when('ReturnPlan', body, '2018-04')
      .then({ type: 'PlanReturned', data: { ...body, reason: words(body.reason) } }));
  it('is done once', () => given(returned).when('ReturnPlan', body).thenNothing());
  it('is refused for a plan that is not submitted, also for an approved one', () => {
    given(planDrafted).when('ReturnPlan', body, '2018-04').thenRefused('PLAN_NOT_SUBMITTED');
    given(planApproved).when('ReturnPlan', body, '2018-05').thenRefused('PLAN_NOT_SUBMITTED');
  });
  it('takes the approvals given so far with it', () =>
    given(returned).when('ApprovePlan', { version: 1, side: 'european' }, '2018-05').thenRefused('PLAN_NOT_SUBMITTED'));
});

describe('approving a plan', () => {
  it('holds fast what was approved', () =>
    given(planSubmitted)
      .when('ApprovePlan', { version: 1, side: 'european' }, '2018-04')
      .then({ type: 'PlanApproved', data: { version: 1, side: 'european', digest: expect.stringMatching(/^[0-9a-f]{64}$/) as string } }));
  it('is done once by each side', () => {
    given(planHalfApproved).when('ApprovePlan', { version: 1, side: 'european' }).thenNothing();
    given(planApproved).when('ApprovePlan', { version: 1, side: 'european' }).thenNothing();
  });
  it('takes both sides, and counts with the last', () => {
    expect(planHalfApproved.state.plan.versions[1]?.is).toBe('submitted');
    expect(planApproved.state.plan.versions[1]).toMatchObject({ is: 'approved', approvedOn: '2018-05-02' });
    const [first, last] = planApproved.standing.slice(-2);
    expect(factsOf(pairing, first!, planHalfApproved.state, planSubmitted.state)).toEqual([]);
    expect(factsOf(pairing, last!, planApproved.state, planHalfApproved.state)).toEqual([
      { measure: 'ucaps-approved', subject: 'plan', quantity: 1, on: '2018-05-02' },
    ]);
  });
  it('is refused before the plan is submitted', () =>
    given(planDrafted).when('ApprovePlan', { version: 1, side: 'european' }, '2018-04').thenRefused('PLAN_NOT_SUBMITTED'));
  it('cannot be corrected into a second approval by one side, or by no side', () => {
    const [first, last] = planApproved.standing.slice(-2).map(({ revision, data }) => ({ revision, data: data as object }));
    const as = (side: string) => ({ replace: [{ revision: last!.revision, data: { ...last!.data, side } }], ...because });
    given(planApproved).when('Correct', as('european')).thenNeededBy('PlanApproved', 'PLAN_ALREADY_APPROVED');
    given(planApproved).when('Correct', as('programme')).thenNeededBy('PlanApproved', 'NOT_A_SIDE');
    given(planApproved)
      .when('Correct', { replace: [{ revision: first!.revision, data: { ...first!.data, digest: '0'.repeat(64) } }], ...because })
      .thenRefused('DERIVED_BY_THE_RULES');
  });
  it('keeps the draft from being corrected behind it', () =>
    given(planApproved)
      .when('Correct', {
        replace: [{ revision: revisionOf('PlanDrafted'), data: { version: 1, actions: listed.slice(0, 1) } }],
        ...because,
      })
      .thenNeededBy('PlanApproved', 'PLAN_APPROVED_OTHERWISE'));
});

describe('the days of approvals', () => {
  it('make the plan approved on the latest, whichever was recorded last', () => {
    const lateFirst = planSubmitted.does('ApprovePlan', { version: 1, side: 'european' }, '2018-06-30');
    const approved = lateFirst.does('ApprovePlan', { version: 1, side: 'latin-american' }, '2018-05-02');
    expect(approved.state.plan.versions[1]?.approvedOn).toBe('2018-06-30');
    given(approved)
      .when('WithdrawPairing', { side: 'european', reason: 'Elections' }, '2018-06-29')
      .thenRefused('GATE_CLOSED', 'end-after-the-rest', 'NOTHING_LATER');
  });
  it('start again with a version that was returned', () => {
    const approve = (side: 'european' | 'latin-american', story = returned) => story.does('ApprovePlan', { version: 1, side }, '2018-05');
    const again = returned.does('DraftPlan', { version: 1, actions }, '2018-04-29').does('SubmitPlan', { version: 1 }, '2018-04-30');
    expect(approve('european', approve('latin-american', again)).state.plan.versions[1]?.approvedOn).toBe('2018-05');
  });
  it('are not certainly before its submission', () => {
    given(planSubmitted).when('ApprovePlan', { version: 1, side: 'european' }, '2018-04-09').thenRefused('PLAN_APPROVED_TOO_EARLY');
    expect(planSubmitted.tries('ApprovePlan', { version: 1, side: 'european' }, '2018-04')).toHaveLength(1);
    given(planHalfApproved)
      .when('Correct', { replace: [{ revision: revisionOf('PlanSubmitted'), occurredOn: '2018-04-25' }], ...because })
      .thenNeededBy('PlanApproved', 'PLAN_APPROVED_TOO_EARLY');
  });
});

describe('amending a plan', () => {
  const body = { version: 2, actions: fewer, reason: 'Less money' };
  it('drafts the next version, and leaves the approved one as it is', () => {
    given(planApproved)
      .when('AmendPlan', body, '2018-07')
      .then({ type: 'PlanAmended', data: { version: 2, actions: listed.slice(0, 1), reason: words('Less money') } });
    expect(amended.state.plan).toEqual({
      current: 2,
      versions: { 1: planApproved.state.plan.versions[1], 2: expect.objectContaining({ is: 'draft' }) as object },
    });
  });
  it('is done once', () => given(amended).when('AmendPlan', body).thenNothing());
  it('is refused for another reason, or as another version', () => {
    given(amended)
      .when('AmendPlan', { ...body, reason: 'More money' }, '2018-07')
      .thenRefused('PLAN_VERSION_UNEXPECTED');
    given(planApproved)
      .when('AmendPlan', { ...body, version: 3 }, '2018-07')
      .thenRefused('PLAN_VERSION_UNEXPECTED');
  });
  it('is refused before the plan is approved', () =>
    given(planSubmitted).when('AmendPlan', body, '2018-07').thenRefused('PLAN_NOT_APPROVED'));
  it('is refused where an action occurs twice', () =>
    given(planApproved)
      .when('AmendPlan', { ...body, actions: [...fewer, ...fewer] }, '2018-07')
      .thenRefused('ACTION_TWICE'));
  it('leaves pilots to the version that was approved', () => {
    const late = pilotDesigned.does('AmendPlan', body, '2018-07');
    given(late)
      .when('DesignPilot', { pilot: 'more', action: 'reuse-of-water', title: 'More' })
      .then({ type: 'PilotDesigned', data: { pilot: 'more', action: 'reuse-of-water', title: words('More') } });
  });
});

describe('attaching the document of an approved plan', () => {
  const [spanish, portuguese, unsaid, otherSpanish] = [
    documentOf('es'),
    documentOf('pt'),
    documentOf(),
    documentOf('es', 'application/vnd.oasis.opendocument.text'),
  ];
  const documents = [spanish, portuguese, unsaid, otherSpanish];
  const approvedPlan = planApproved.in({ documents });
  const attach = ({ digest: document }: typeof spanish) => ({ version: 1, document });
  const attached = approvedPlan.does('AttachPlanDocument', attach(spanish), '2018-05-10');

  it('says what it is, and by which digest it is found', () =>
    given(approvedPlan)
      .when('AttachPlanDocument', attach(spanish), '2018-05-10')
      .then({ type: 'PlanDocumentAttached', data: { version: 1, document: spanish } }));
  it('is done once', () => given(attached).when('AttachPlanDocument', attach(spanish), '2018-05-10').thenNothing());
  it('is done for each language, and once where nobody said which', () => {
    const both = attached
      .does('AttachPlanDocument', attach(portuguese), '2018-05-10')
      .does('AttachPlanDocument', attach(unsaid), '2018-05');
    expect(both.state.plan.versions[1]?.documents).toEqual([spanish, portuguese, unsaid]);
  });
  it('is refused where the version has another in that language', () =>
    given(attached).when('AttachPlanDocument', attach(otherSpanish), '2018-05-10').thenRefused('PLAN_DOCUMENT_STANDS'));
  it('is refused before the version is approved, and after it is amended for the new one', () => {
    given(planHalfApproved.in({ documents }))
      .when('AttachPlanDocument', attach(spanish), '2018-05-10')
      .thenRefused('PLAN_VERSION_NOT_APPROVED');
    given(amended.in({ documents }))
      .when('AttachPlanDocument', { ...attach(spanish), version: 2 }, '2018-08')
      .thenRefused('PLAN_VERSION_NOT_APPROVED');
  });
  it('is done for an approved version also when another follows', () =>
    given(amended.in({ documents }))
      .when('AttachPlanDocument', attach(spanish), '2018-08')
      .then({ type: 'PlanDocumentAttached', data: { version: 1, document: spanish } }));
  it('is refused where it certainly was before the approval', () => {
    given(approvedPlan).when('AttachPlanDocument', attach(spanish), '2018-04').thenRefused('PLAN_DOCUMENT_TOO_EARLY');
    given(approvedPlan)
      .when('AttachPlanDocument', attach(spanish), '2018')
      .then({ type: 'PlanDocumentAttached', data: { version: 1, document: spanish } });
  });
  it('is replaced by a correction, and keeps the approval that it is of', () => {
    const corrected = attached.does('Correct', {
      replace: [{ revision: attached.history.length - 1, data: { version: 1, document: otherSpanish } }],
      ...because,
    });
    expect(corrected.state.plan.versions[1]?.documents).toEqual([otherSpanish]);
    given(attached)
      .when('Correct', { retract: [{ revision: revisionOf('PlanApproved') }], ...because })
      .thenNeededBy('PlanDocumentAttached', 'PLAN_VERSION_NOT_APPROVED');
  });
});
