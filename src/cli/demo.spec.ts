import { resolve } from 'node:path';
import { tokenCommand } from './demo';

describe('the token that the demo proposes', () => {
  const token = 'npm run --silent puente -- token --role evaluator';
  it('is of the issuer of its folder, which is named where it is not the usual one', () => {
    expect(tokenCommand(resolve('.puente'))).toBe(token);
    expect(tokenCommand('/srv/puente')).toBe(`PUENTE_HOME=/srv/puente ${token}`);
    expect(tokenCommand("/srv/what's new")).toBe(`PUENTE_HOME='/srv/what'\\''s new' ${token}`);
  });
});
