import { advisoryLocks } from './advisory-locks';

it('whoever takes one advisory lock keeps nobody from another', () => {
  const all = Object.values(advisoryLocks);
  expect(new Set(all).size).toBe(all.length);
});
