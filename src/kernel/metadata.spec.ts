import { storedFrom } from '../engine/streams';
import type { Recorded } from '../store/port';
import type { Metadata } from './metadata';

/** Every shape that was ever stored, oldest first. Never change one; add a new one for each field that is added. */
const shapes: readonly Metadata[] = [
  { occurredOn: '2018-04', actor: '6f1c', roles: ['programme-officer'], commandId: 'a', commandHash: 'b', correlationId: 'c' },
  {
    occurredOn: '2018-04-30',
    actor: '6f1c',
    roles: ['programme-officer'],
    commandId: 'a',
    commandHash: 'b',
    correlationId: 'c',
    causationId: 'application-malaga@3',
    rules: 'iuc-lac-2017@1',
    waived: ['first-visitor'],
    dimensions: { component: 'c1' },
  },
];

describe('metadata', () => {
  it.each(shapes)('of an earlier shape is read (%#)', (metadata) => {
    const recorded = {
      revision: 4,
      type: 'ThemeAgreed',
      data: { theme: 'housing' },
      recordedAt: '2018-05-01T00:00:00.000Z',
      metadata,
    } as unknown as Recorded;
    const { occurredOn, actor, roles, commandId } = metadata;
    expect(storedFrom(recorded)).toMatchObject({
      revision: 4,
      type: 'ThemeAgreed',
      data: { theme: 'housing' },
      occurredOn,
      actor,
      roles,
      commandId,
    });
  });
  it('leaves out what an earlier shape did not have', () => {
    const read = storedFrom({ revision: 0, type: 'ThemeAgreed', data: {}, recordedAt: '', metadata: shapes[0] } as unknown as Recorded);
    expect('rules' in read || 'waived' in read).toBe(false);
  });
});
