import { lookupBy } from './lookup';

const found = (addresses: readonly string[]) => () => Promise.resolve(addresses as never);
const notFound = (code: string) => () => Promise.reject(Object.assign(new Error(code), { code }));

describe('a name', () => {
  it('is looked up as the addresses of both kinds that it has', async () => {
    expect(await lookupBy({ resolve4: found(['1.1.1.1']), resolve6: found(['2606:4700::1']) })('a.example')).toEqual([
      '1.1.1.1',
      '2606:4700::1',
    ]);
    expect(await lookupBy({ resolve4: notFound('ENODATA'), resolve6: found(['2606:4700::1']) })('a.example')).toEqual(['2606:4700::1']);
    expect(await lookupBy({ resolve4: found(['1.1.1.1']), resolve6: notFound('ESERVFAIL') })('a.example')).toEqual(['1.1.1.1']);
  });

  it('without an address is not found', async () => {
    const nowhere = lookupBy({ resolve4: notFound('ENOTFOUND'), resolve6: notFound('ENODATA') });
    await expect(nowhere('a.example')).rejects.toMatchObject({ code: 'ENOTFOUND' });
    expect(await lookupBy({ resolve4: found([]), resolve6: notFound('ENODATA') })('a.example')).toEqual([]);
  });

  it.each(['localhost', 'hooks.localhost'])('%s is this machine, and nobody is asked', async (name) =>
    expect(await lookupBy({ resolve4: notFound('asked'), resolve6: notFound('asked') })(name)).toEqual(['127.0.0.1', '::1']),
  );
});
