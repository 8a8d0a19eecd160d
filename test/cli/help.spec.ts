import { everyReadModel } from '../../src/puente';
import { puente } from './terminal';

// A process takes seconds to start on a busy machine.

describe('whoever asks how a command is used', () => {
  const readModels = everyReadModel.map(({ name }) => `"${name}"`);
  it.each([
    ['rebuild', readModels, []],
    ['drop', readModels, ['--because']],
    ['report', ['what had happened by that day: YYYY-MM-DD', 'an instant such as 2026-11-22T18:00:00Z'], []],
    ['undo', [], ['--authority', '--reason']],
    ['token', ['"evaluator"'], ['--role']],
  ])('reads what %s takes, and what it cannot do without', async (command, said, required) => {
    const { code, out } = await puente([command, '--help'], {});
    const help = out.replace(/\s+/g, ' ');
    expect([code, said.filter((each) => !help.includes(each))]).toEqual([0, []]);
    expect([...help.matchAll(/(--[a-z-]+) <(?:(?! --).)*?\(required\)/g)].map(([, option]) => option)).toEqual(required);
  });
});
