import type { Resolver } from 'node:dns/promises';

/**
 * Looks names up in the DNS alone, those of this machine without asking. The system's own look-up knows names that nobody outside does, and
 * takes a thread of a handful that the whole process shares: names that are never answered would stop files from being read.
 *
 * @param resolver with a timeout of its own
 * @returns addresses of IPv4, then of IPv6; rejects where there are none of either
 */
export const lookupBy =
  (resolver: Pick<Resolver, 'resolve4' | 'resolve6'>) =>
  async (host: string): Promise<readonly string[]> => {
    if (host === 'localhost' || host.endsWith('.localhost')) return ['127.0.0.1', '::1'];
    const [four, six] = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
    const addresses = [four, six].flatMap((each) => (each.status === 'fulfilled' ? each.value : []));
    if (addresses.length === 0 && four.status === 'rejected') throw four.reason;
    return addresses;
  };
