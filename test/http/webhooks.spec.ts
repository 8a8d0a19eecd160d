import { mintDevToken } from '../../src/http/dev-issuer';
import { agreeing, Receiver, until } from '../delivery/senders';
import { served } from './served';

describe('a server that sends webhooks', () => {
  const server = served();
  const call = async (method: string, path: string, body?: object) => {
    const token = await mintDevToken({ home: server.home, role: 'admin' });
    const answer = await fetch(`${server.base()}/v1/${path}`, {
      method,
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  const typesIn = async (stream: string) => {
    const { items } = (await call('GET', `events?stream=${stream}`)).body as { items: { event: { type: string } }[] };
    return items.map(({ event }) => event.type.slice('eu.puente.'.length));
  };

  it('goes on sending after it was started again, stops where the endpoint is gone, says so in the log, and begins again when told to', async () => {
    const receiver = await new Receiver().open();
    try {
      await call('POST', 'subscriptions/portal/create-subscription', {
        delivery: 'webhook',
        endpoint: receiver.url,
        lifecycles: ['party'],
      });
      await call('POST', 'subscriptions/portal/secrets', {});
      const register = (id: string) => call('POST', `parties/${id}/register-party`, { name: id, kind: 'city', countries: ['ES'] });
      await register('lugo');
      await until(() => receiver.names.includes('party-lugo@0'));
      await server.close();
      await server.start();
      await register('malaga');
      await until(() => receiver.names.includes('party-malaga@0'));

      const told = async () => (await fetch(`${server.base()}/metrics`)).text();
      await until(async () => (await told()).includes('puente_delivery_attempts_total{outcome="arrived"} 1'));

      receiver.answering = (_, response) => void response.writeHead(410).end();
      await register('cali');
      await until(async () => (await typesIn('subscription-portal')).includes('SubscriptionDisabled'));
      expect((await call('GET', 'subscriptions/portal/status')).body).toMatchObject({ is: 'disabled', lastError: 'answered 410' });

      receiver.answering = agreeing;
      await call('POST', 'subscriptions/portal/resume-subscription', {});
      await call('POST', 'subscriptions/portal/retry', {});
      await until(() => receiver.names.filter((name) => name === 'party-cali@0').length === 2);
      expect(receiver.names.filter((name) => name === 'party-lugo@0')).toHaveLength(1);
    } finally {
      await receiver.close();
    }
  });
});
