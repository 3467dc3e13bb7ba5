// Who asked, behind two proxies. A check is how many of the clients were found.
import { addresses, COUNT, textOf } from '../inputs.mjs';

/** @typedef {import('../cases.mjs').Side} Side */

const TRUST = ['127.0.0.1/8', '::1/128', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'];

/** @param {(module: any) => (request: any) => string} finder @returns {Side['prepare']} */
const finding = (finder) => (module) => {
  const find = finder(module);
  const requests = addresses(4, COUNT).map((bytes) => {
    const client = textOf(bytes).replace(/^10\./, '11.');
    return { client, request: { remoteAddress: '10.0.0.1', socket: { remoteAddress: '10.0.0.1' }, headers: { host: 'example.org', 'x-forwarded-for': `${client}, 10.1.2.3` } } };
  });
  return () => {
    let found = 0;
    for (const { client, request } of requests) if (find(request) === client) found++;
    return found;
  };
};

/** @type {Record<string, Side>} */
export const client = {
  netstrata: { module: '@netstrata/ip-utils/client-address', prepare: finding((m) => (request) => m.clientAddress(request, { trust: TRUST }).address) },
  'proxy-addr': {
    module: 'proxy-addr',
    prepare: finding((m) => {
      const trust = m.default.compile(TRUST);
      return (request) => m.default(request, trust);
    }),
  },
};
