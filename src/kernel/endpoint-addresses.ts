import { isIP } from 'node:net';
import ipaddr, { type IPv4, type IPv6 } from 'ipaddr.js';

/** What is wrong with the address of an endpoint. */
export type UrlProblem =
  | 'NOT_A_URL'
  | 'TOO_LONG'
  | 'NOT_HTTPS'
  | 'HAS_CREDENTIALS'
  | 'HAS_FRAGMENT'
  | 'BAD_PORT'
  /** It leads, or may lead, to this machine or into a network that is not the public one. */
  | 'NOT_PUBLIC';

const mostCharacters = 2_000;

// What `ipaddr.js` knows is refused by its own names; these are refused whatever it takes them for.
const reservedIPv4 = [
  '0.0.0.0/8',
  '100.64.0.0/10',
  '168.63.129.16/32', // The host's own services, on Azure
  '192.0.0.0/24',
  '192.88.99.0/24',
  '198.18.0.0/15',
  '240.0.0.0/4',
].map((each) => ipaddr.IPv4.parseCIDR(each));
const reservedIPv6 = ['2001::/23', '2001:db8::/32', '2002::/16', '2620:4f:8000::/48', '3ffe::/16', '3fff::/20'].map((each) =>
  ipaddr.IPv6.parseCIDR(each),
);
/** All that is given out of IPv6 for the public network: whatever lies outside it is something else. */
const globalIPv6 = ipaddr.IPv6.parseCIDR('2000::/3');
/** A network without IPv4 reaches it by these: the last 32 bits are the address meant. */
const nat64 = ipaddr.IPv6.parseCIDR('64:ff9b::/96');

const isPublicIPv4 = (address: IPv4): boolean => address.range() === 'unicast' && !reservedIPv4.some((range) => address.match(range));

const isPublicIPv6 = (address: IPv6): boolean =>
  address.match(nat64)
    ? isPublicIPv4(new ipaddr.IPv4(address.toByteArray().slice(-4)))
    : address.range() === 'unicast' && address.match(globalIPv6) && !reservedIPv6.some((range) => address.match(range));

const parsed = (address: string): IPv4 | IPv6 | undefined =>
  isIP(address) !== 0 && !address.includes('%') && ipaddr.isValid(address) ? ipaddr.parse(address) : undefined;

/**
 * Whether an address is one machine of the public network: neither reserved nor private nor local nor of many, nor one that carries another
 * address within it (IPv4 mapped, compatible, 6to4, Teredo); NAT64 is judged by the address it carries. Text that is no address is not.
 *
 * @param address IPv4 with four decimal parts, or IPv6 without brackets
 */
export const isPublic = (address: string): boolean => {
  const of = parsed(address);
  return of !== undefined && (of.kind() === 'ipv4' ? isPublicIPv4(of as IPv4) : isPublicIPv6(of as IPv6));
};

/** Whether an address, in the form `isPublic` takes, is this machine: 127.0.0.0/8 or ::1. */
export const isLoopback = (address: string): boolean => parsed(address)?.range() === 'loopback';

/** The name or the address that a URL leads to: without brackets, and without the dot of a full name. */
export const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');

/** The port that a URL leads to, also where it does not say. */
export const portOf = ({ port, protocol }: URL): number => (port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port));

const isOwnName = (name: string): boolean => name === 'localhost' || name.endsWith('.localhost');

const innerDomains = /(?:^|\.)(?:localhost|localdomain|local|internal|intranet|private|corp|lan|home|home\.arpa)$/;
const label = /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/;
const longestName = 253;

const problemWithName = (name: string): UrlProblem | undefined => {
  const labels = name.split('.');
  if (name.length > longestName || !labels.every((each) => label.test(each))) return 'NOT_A_URL';
  return labels.length === 1 || innerDomains.test(name) ? 'NOT_PUBLIC' : undefined;
};

/** `URL.canParse` of Node.js 20 comes to refuse letters such as ñ once it was called some thousand times. */
const urlIn = (text: string): URL | undefined => {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
};

/**
 * What keeps a URL from being sent to, undefined where nothing does. A name says nothing yet of where it leads: that is looked at when it
 * is looked up, at every attempt.
 *
 * @param loopback whether this machine may be sent to, also by http, as in development
 */
export const problemWithUrl = (text: string, { loopback }: { readonly loopback: boolean }): UrlProblem | undefined => {
  if (text.length > mostCharacters) return 'TOO_LONG';
  // What one reader of URLs drops or turns round another may keep: only what all read alike is taken.
  if (/[\s\\\p{C}]/u.test(text)) return 'NOT_A_URL';
  const url = urlIn(text);
  if (!url) return 'NOT_A_URL';
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'NOT_HTTPS';
  const [, authority = ''] = /^https?:\/\/([^/?#]+)/i.exec(text) ?? [];
  if (authority === '') return 'NOT_A_URL';
  if (authority.includes('@')) return 'HAS_CREDENTIALS';
  if (text.includes('#')) return 'HAS_FRAGMENT';
  if (url.port === '0') return 'BAD_PORT';
  const host = hostOf(url);
  if (loopback && (isLoopback(host) || isOwnName(host))) return undefined;
  if (url.protocol === 'http:') return 'NOT_HTTPS';
  if (isIP(host) !== 0) return isPublic(host) ? undefined : 'NOT_PUBLIC';
  return problemWithName(host);
};

/**
 * Whether what a name was looked up as may be sent to: an address of the public network by https; this machine where that is allowed.
 *
 * @param protocol of a URL without problems
 */
export const maySendTo = (address: string, protocol: string, { loopback }: { readonly loopback: boolean }): boolean =>
  isPublic(address) ? protocol === 'https:' : loopback && isLoopback(address);
