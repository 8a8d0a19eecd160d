import type { UrlProblem } from '../../src/kernel/endpoint-addresses';

/** An address, and what it must come to: sent to or not, where this machine may be sent to and where not. */
export interface HostileUrl {
  readonly url: string;
  readonly abroad: UrlProblem | undefined;
  readonly atHome: UrlProblem | undefined;
}

const both = (comesTo: UrlProblem | undefined, ...urls: readonly string[]): readonly HostileUrl[] =>
  urls.map((url) => ({ url, abroad: comesTo, atHome: comesTo }));

const onlyAtHome = (abroad: UrlProblem, ...urls: readonly string[]): readonly HostileUrl[] =>
  urls.map((url) => ({ url, abroad, atHome: undefined }));

/** Those that have no space within, as lines of text. */
const words = (text: string): readonly string[] => text.trim().split(/\s+/);

const hex = (bytes: readonly number[]) => bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
const inGroups = (bytes: readonly number[]) => `${hex(bytes.slice(0, 2))}:${hex(bytes.slice(2))}`;
const numberOf = (bytes: readonly number[]) => bytes.reduce((sum, byte) => sum * 256 + byte, 0);
const shifted = (text: string, from: string, by: number) =>
  text.replace(/\d|\./g, (each) => (each === '.' ? from : String.fromCodePoint(Number(each) + by)));

/** The spellings that a URL takes for one address of IPv4. */
const spellings = (address: string): readonly string[] => {
  const bytes = address.split('.').map(Number);
  const [a, b, c] = bytes as [number, number, number];
  return [
    address,
    `${address}.`,
    String(numberOf(bytes)),
    `0x${hex(bytes)}`,
    `0X${hex(bytes).toUpperCase()}.`,
    `0${numberOf(bytes).toString(8)}`,
    `${a}.${numberOf(bytes.slice(1))}`,
    `${a}.${b}.${numberOf(bytes.slice(2))}`,
    bytes.map((byte) => `0x${byte.toString(16)}`).join('.'),
    bytes.map((byte) => `0${byte.toString(8)}`).join('.'),
    `0x${a.toString(16)}.0${b.toString(8)}.${numberOf([c, bytes[3]!])}`,
    shifted(address, '。', 0xff10), // Full width
    shifted(address, '.', 0x1d7d8), // Double struck
    Array.from(address)
      .map((each) => `%${each.codePointAt(0)!.toString(16)}`)
      .join(''),
  ];
};

/** Addresses of IPv6 that carry one of IPv4. */
const carriers = (address: string): readonly string[] => {
  const bytes = address.split('.').map(Number);
  return [
    `[::ffff:${address}]`,
    `[::ffff:${inGroups(bytes)}]`,
    `[0:0:0:0:0:FFFF:${inGroups(bytes)}]`,
    `[::${address}]`,
    `[::ffff:0:${address}]`,
    `[64:ff9b::${address}]`,
    `[64:ff9b:1::${address}]`,
    `[2002:${inGroups(bytes)}::1]`,
    `[2001:0:${inGroups(bytes)}::]`,
    `[2001:0:808:808:0:0:${inGroups(bytes.map((byte) => byte ^ 0xff))}]`,
  ];
};

const privateIPv4 = words(`
  0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.100.100.200 100.127.255.254 168.63.129.16 169.254.0.1 169.254.169.254
  169.254.170.2 172.16.0.1 172.31.255.254 192.0.0.1 192.0.0.192 192.0.2.1 192.88.99.1 192.168.0.1 192.168.255.254 198.18.0.1
  198.19.255.254 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255
`);
const ownIPv4 = ['127.0.0.1', '127.0.0.53', '127.255.255.254'];

const privateIPv6 = words(`
  :: 0:0:0:0:0:0:0:0 ::2 100::1 1000::1 2001::1 2001:2::1 2001:10::1 2001:1ff:ffff::1 2001:db8::1 2001:0db8:ffff::ffff 2002::1
  2620:4f:8000::1 3ffe::1 3fff::1 3fff:fff::1 4000::1 5f00::1 8000::1 fc00::1 fd00::1 fd00:ec2::254 fd20:ce::254
  fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff fe80::1 febf::1 fec0::1 feff::1 ff01::1 ff02::1 ff0e::1 FF02:0:0:0:0:0:0:FB
`);

const https = (hosts: readonly string[]) => hosts.map((host) => `https://${host}/hook`);
const http = (hosts: readonly string[]) => hosts.map((host) => `http://${host}:8080/hook`);

/** Names that are none of the public network. */
const innerNames = words(`
  intranet metadata metadata.google.internal instance-data.ec2.internal printer.local PRINTER.LOCAL printer.local.
  kubernetes.default.svc.cluster.local nas.lan router.home router.home.arpa mail.corp db.private wiki.intranet
  localhost.localdomain postgres. ⓟrinter.ⓛocal printer。local
`);
const ownNames = words(`
  localhost LocalHost localhost. hooks.localhost a.b.localhost. ⓛⓞⓒⓐⓛⓗⓞⓢⓣ ｌｏｃａｌｈｏｓｔ loc%61lhost hooks。localhost
`);

const unreadable = words(`
  hooks.example.org /hook //hooks.example.org/hook https https: https:/ https:// https:/// ? https:hooks.example.org
  https:/hooks.example.org https:///hooks.example.org/hook
  https://[fe80::1%25eth0]/ https://[fe80::1%eth0]/ https://[::1 https://::1/ https://[::1]x/ https://[v1.a]/ https://[1.2.3.4]/ https://[::g]/
  https://256.0.0.1/ https://1.2.3.4.5/ https://0x100000000/ https://08.0.0.1/ https://4294967296/ https://1..2/ https://hooks.1/
  https://.example.org/ https://hooks..example.org/ https://hooks.example.org../ https://-/ https://-a.example.org/ https://a-.example.org/
  https://./ https://hooks!.example.org/ https://hooks*.example.org/ https://hooks'.example.org/ https://*/ https://hooks,10.0.0.1/
  https://xn--/ https://xn--a.example.org/
  https://hooks.example.org:65536/ https://hooks.example.org:-1/ https://hooks.example.org:port/ https://hooks.example.org:443:443/
  https://hooks%2eexample%2forg/ https://hooks%00.example.org/ https://hooks%40example.org/ https://hooks%20.example.org/
  https://<hooks>.example.org/
`);
const otherSchemes = words(`
  http://hooks.example.org/ HTTP://hooks.example.org/ http://93.184.215.14/ ftp://hooks.example.org/ ws://hooks.example.org/
  wss://hooks.example.org/ file:///etc/passwd file://hooks.example.org/share javascript:alert(1) data:text/plain,hook
  blob:https://hooks.example.org/1 about:blank gopher://10.0.0.1:6379/_INFO dict://127.0.0.1:11211/stats ldap://10.0.0.1/
  ssh://git@example.org/ unix:/var/run/docker.sock urn:puente jar:https://hooks.example.org!/ view-source:https://hooks.example.org/
  httpss://hooks.example.org/ localhost:8080/hook mailto:a@example.org
`);
const withCredentials = words(`
  https://a@hooks.example.org/ https://a:b@hooks.example.org/ https://:b@hooks.example.org/ https://@hooks.example.org/
  https://:@hooks.example.org/ https://hooks.example.org@10.0.0.1/ https://hooks.example.org:443@127.0.0.1/ https://a@b@hooks.example.org/
  https://%61@hooks.example.org/ http://a:b@localhost/ https://hooks.example.org%2f@10.0.0.1/ https://10.0.0.1:80@hooks.example.org:443/
`);
/** What must go out, or there is nothing that the rules leave. */
const good = words(`
  https://hooks.example.org https://hooks.example.org/hook?a=b&c=https://10.0.0.1/ HTTPS://HOOKS.EXAMPLE.ORG/ https://hooks.example.org./
  https://example.org:8443/@a https://münchen.example.org/ https://xn--mnchen-3ya.example.org/ https://my_hooks.example.org/
  https://local.example.org/ https://localhost.example.org/ https://10.example.org/ https://hooks.example.org:80/
  https://internal.example.org/ https://a.home.example/ https://hooks.example.org/%00%0d%0a
  https://93.184.215.14/ https://1.1.1.1/ https://0x08080808/ https://9.255.255.255/ https://11.0.0.0/ https://100.63.255.255/
  https://100.128.0.0/ https://126.255.255.255/ https://128.0.0.1/ https://172.15.255.255/ https://172.32.0.0/ https://192.167.255.255/
  https://192.169.0.0/ https://198.17.255.255/ https://198.20.0.0/ https://223.255.255.255/
  https://[2606:4700:4700::1111]/ https://[2001:4860:4860::8888]:8443/ https://[2a00:1450:4001:80b::200e]/ https://[2003::1]/
  https://[64:ff9b::8.8.8.8]/
`);

export const hostileUrls: readonly HostileUrl[] = [
  ...both('NOT_PUBLIC', ...https(privateIPv4.flatMap(spellings))),
  ...both('NOT_HTTPS', ...http(privateIPv4)),
  ...onlyAtHome('NOT_PUBLIC', ...https(ownIPv4.flatMap(spellings))),
  ...onlyAtHome('NOT_HTTPS', ...http([...ownIPv4.flatMap(spellings), '①②⑦.⓪.⓪.①', '127.1', '0x7f.1', '017700000001'])),
  ...both('NOT_PUBLIC', ...https([...privateIPv4, ...ownIPv4].flatMap(carriers))),
  ...both('NOT_HTTPS', ...http(['[::ffff:7f00:1]', '[::127.0.0.1]', '[64:ff9b::7f00:1]'])),
  ...both('NOT_PUBLIC', ...https(privateIPv6.map((address) => `[${address}]`))),
  ...onlyAtHome('NOT_PUBLIC', ...https(['[::1]', '[0:0:0:0:0:0:0:1]', '[0000::0001]', '[::0.0.0.1]'])),
  ...onlyAtHome('NOT_HTTPS', ...http(['[::1]'])),
  ...both('NOT_PUBLIC', ...https(innerNames)),
  ...both('NOT_HTTPS', ...http(innerNames)),
  ...onlyAtHome('NOT_PUBLIC', ...https(ownNames)),
  ...onlyAtHome('NOT_HTTPS', ...http(ownNames)),
  ...both(
    'NOT_A_URL',
    ...unreadable,
    '',
    ' ',
    '\0',
    ' https://hooks.example.org',
    'https://hooks.example.org ',
    'https://hooks.example.org/a b',
  ),
  ...both('NOT_A_URL', 'https://hooks.exam\tple.org/', 'ht\ntps://hooks.example.org/', 'https://hooks.example.org/\r\nHost: x'),
  ...both('NOT_A_URL', 'https://hooks.example.org/\0', 'https://local\u200bhost/', 'https://hooks\u00ad.example.org/'),
  ...both('NOT_A_URL', 'https://hooks.example.org/\u202e', 'https://hooks.example.org/\ud800', 'https:\\\\hooks.example.org\\hook'),
  ...both('NOT_A_URL', 'https://hooks.example.org\\@10.0.0.1/', 'https://hooks.example.org/\\10.0.0.1'),
  ...both('NOT_A_URL', `https://${'a'.repeat(64)}.example.org/`, `https://${'a.'.repeat(127)}example.org/`),
  ...both('NOT_HTTPS', ...otherSchemes),
  ...both('HAS_CREDENTIALS', ...withCredentials),
  ...both('HAS_FRAGMENT', 'https://hooks.example.org/#a', 'https://hooks.example.org/hook#', 'https://hooks.example.org#@10.0.0.1/'),
  ...both('HAS_FRAGMENT', 'http://localhost/#a'),
  ...both('BAD_PORT', 'https://hooks.example.org:0/', 'https://93.184.215.14:00/', 'http://localhost:0/'),
  ...both('TOO_LONG', `https://hooks.example.org/${'a'.repeat(1_975)}`, 'a'.repeat(2_001), `https://${'a'.repeat(100_000)}/`),
  ...both(undefined, ...good, `https://hooks.example.org/${'a'.repeat(1_974)}`),
];

/** What a name was looked up as, and what comes of it; nothing, where it may be connected to. */
export const hostileLookups: readonly (readonly [string, readonly string[], 'NOT_PUBLIC' | 'NO_SUCH_HOST' | undefined])[] = [
  ...[...privateIPv4, ...ownIPv4, ...privateIPv6, '::1'].map((each) => [`${each} alone`, [each], 'NOT_PUBLIC'] as const),
  ...[...ownIPv4, '10.0.0.1'].flatMap(carriers).map((each) => [`${each} alone`, [each.slice(1, -1)], 'NOT_PUBLIC'] as const),
  ['a public address, then a private one', ['93.184.215.14', '10.0.0.1'], 'NOT_PUBLIC'],
  ['a private address, then a public one', ['10.0.0.1', '93.184.215.14'], 'NOT_PUBLIC'],
  [
    'a private address behind more than are tried',
    ['1.1.1.1', '1.0.0.1', '8.8.8.8', '8.8.4.4', '9.9.9.9', '169.254.169.254'],
    'NOT_PUBLIC',
  ],
  ['a public address of IPv4, and a local one of IPv6', ['93.184.215.14', 'fe80::1'], 'NOT_PUBLIC'],
  ['a public address, and one with a zone', ['93.184.215.14', '2606:4700:4700::1111%eth0'], 'NOT_PUBLIC'],
  ['another name', ['metadata.google.internal'], 'NOT_PUBLIC'],
  ['another name that is public', ['hooks.example.com'], 'NOT_PUBLIC'],
  ['nothing that is text', [''], 'NOT_PUBLIC'],
  ['an address with its port', ['93.184.215.14:443'], 'NOT_PUBLIC'],
  ['an address with leading zeros', ['093.184.215.014'], 'NOT_PUBLIC'],
  ['a number', ['1572395022'], 'NOT_PUBLIC'],
  ['an address in brackets', ['[2606:4700:4700::1111]'], 'NOT_PUBLIC'],
  ['a network', ['93.184.215.0/24'], 'NOT_PUBLIC'],
  ['an address with a line end', ['93.184.215.14\n'], 'NOT_PUBLIC'],
  ['no address', [], 'NO_SUCH_HOST'],
  ['one public address', ['93.184.215.14'], undefined],
  ['public addresses of both kinds', ['2606:4700:4700::1111', '1.1.1.1'], undefined],
  ['an address of IPv4 as networks without it are given it', ['64:ff9b::5db8:d70e'], undefined],
];
