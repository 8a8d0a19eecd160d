/**
 * A worker of a pull subscription in a process of its own: waits, claims and acknowledges over HTTP, and tells its parent what came and when,
 * on the clock that all processes of a machine share.
 */
interface Order {
  /** Address of the subscription. */
  readonly at: string;
  readonly headers: Readonly<Record<string, string>>;
}
interface Claimed {
  readonly claim: string;
  readonly items: readonly { readonly event: { readonly id: string } }[];
}

const post = async ({ at, headers }: Order, path: string, body: object): Promise<Response> => {
  const answer = await fetch(`${at}/${path}`, { method: 'POST', headers: { ...headers, prefer: 'wait=20' }, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  return answer;
};

process.once('message', (order: Order) => {
  void (async () => {
    for (;;) {
      const answer = await post(order, 'claims', { limit: 100 });
      if (answer.status === 204) continue;
      const { claim, items } = (await answer.json()) as Claimed;
      const now = Number(process.hrtime.bigint()) / 1e6;
      process.send!(items.map(({ event }) => [event.id, now]));
      await post(order, `claims/${claim}/acknowledge`, {});
    }
  })();
});
process.once('disconnect', () => process.exit(0));
