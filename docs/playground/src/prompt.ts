/** Lines to click, by what they show. */
export const LINES: readonly { readonly title: string; readonly lines: readonly string[] }[] = [
  { title: 'Parse', lines: ["parseAddress('2001:DB8:0:0:0:0:0:1')", "normalizeAddress('64:ff9b::a00:1', { dotted: true })", "parseHostPort('[::1]:80')", "looseIPv4('0x7f.1')", "add('10.0.0.255', 1)"] },
  { title: 'Classify', lines: ["classify('::ffff:169.254.169.254')", "specialPurpose('100.64.0.1')", "embeddedAddresses('2001:470::5efe:10.0.0.1')", "isGlobal('8.8.8.8')"] },
  { title: 'Networks', lines: ["merge(['10.0.0.0/24', '10.0.1.0/24'])", "exclude('10.0.0.0/8', '10.64.0.0/10')", "rangeToCidrs('10.0.0.1', '10.0.0.4')", "split('2001:db8::/32', 48)", "size('2001:db8::/32')"] },
  { title: 'Policies', lines: ["const policy = addressPolicy({ allow: ['10.0.0.0/8:5432', 'loopback'], deny: ['10.9.0.0/16'] })", "policy.check('10.1.2.3', 5432)", "policy.check('::ffff:10.9.0.1', 5432)", "publicOnly.check('64:ff9b::10.0.0.1', 443)"] },
  { title: 'Clients behind proxies', lines: ["clientAddress({ remoteAddress: '10.0.0.1', headers: { 'x-forwarded-for': '6.6.6.6, 203.0.113.9' } }, { trust: ['10.0.0.0/8'] })"] },
];
