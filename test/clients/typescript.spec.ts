import type { AddressInfo } from 'node:net';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { cloudEvent, originAt } from '../../src/delivery/envelope';
import { boot, type Booted } from '../http/booted';
import { clientOf, declare, recorded, show, told } from './uses';

describe('the client for TypeScript', () => {
  it('and what is written with it, also on its page, compile by the settings of the client', () => {
    const folder = join(__dirname, '../../clients/typescript');
    const page = join(folder, 'page.mts');
    const blocks = [...readFileSync(join(folder, 'README.md'), 'utf8').matchAll(/```ts\n([\s\S]*?)```/g)].map(([, block]) => block!);
    expect(blocks.length).toBeGreaterThan(3);
    const { config } = ts.readConfigFile(join(folder, 'tsconfig.json'), (path) => ts.sys.readFile(path)) as { config: unknown };
    const { options, errors } = ts.parseJsonConfigFileContent(config, ts.sys, folder);
    const all = {
      ...options,
      ...{ rootDir: join(__dirname, '../..'), noEmit: true, paths: { '@puente/client': [join(folder, 'src/index.ts')] } },
    };
    const host = ts.createCompilerHost(all);
    const withPage: ts.CompilerHost = {
      ...host,
      fileExists: (path) => path === page || host.fileExists(path),
      readFile: (path) => (path === page ? blocks.join('') : host.readFile(path)),
      getSourceFile: (path, ...rest) =>
        path === page ? ts.createSourceFile(path, blocks.join(''), rest[0]) : host.getSourceFile(path, ...rest),
    };
    const program = ts.createProgram([join(folder, 'src/index.ts'), join(__dirname, 'uses.ts'), page], all, withPage);
    const said = [...errors, ...ts.getPreEmitDiagnostics(program)].map(
      ({ file, messageText }) => `${file?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
    );
    expect(said).toEqual([]);
  });

  describe('against an app', () => {
    let booted: Booted;
    beforeAll(async () => {
      booted = await boot();
    });
    afterAll(() => booted.close());
    const client = (token = booted.tokens['programme-officer']) =>
      clientOf(`http://127.0.0.1:${(booted.server.address() as AddressInfo).port}`, token);

    it('gives a command and reads what it recorded', async () => {
      expect(await declare(client(), 'first')).toEqual(['dataSet-first', 'DataSetDeclared']);
      expect(await show(client(), 'first')).toBe(0);
    });

    it('reads the feed as events whose type says what they hold', async () => {
      await declare(client(), 'fed');
      expect(await recorded(client())).toContain('Pairings');
    });

    it('tells a problem by its code', async () => {
      expect(await show(client(), 'nowhere')).toBe('NOT_FOUND');
      expect(await show(client('none'), 'first')).toBe('TOKEN_NOT_GOOD');
    });
  });

  it('reads an event by its type, and nothing that is no event', () => {
    const metadata = { occurredOn: '2018', actor: 'a', roles: [], commandId: 'c', commandHash: 'h', correlationId: 'c' };
    const recorded = { stream: 'pairing-one', revision: 1, position: 2n, recordedAt: '2021-01-01T12:00:00.000Z', id: 'e', metadata };
    const sent = (type: string, data: Readonly<Record<string, unknown>>) =>
      JSON.stringify(cloudEvent({ ...recorded, type, data }, { actor: 'reader', roles: [] }, originAt(undefined)));
    expect(told(sent('ThemeAgreed', { theme: 'housing' }))).toBe('housing');
    expect(told(sent('PairingResumed', {}))).toBe('eu.puente.PairingResumed');
    for (const text of ['null', '{}', '{"specversion":"1.0","type":"org.example.Other"}', 'x']) expect(() => told(text)).toThrow();
  });
});
