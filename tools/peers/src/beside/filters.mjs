import { createNet } from '@netstrata/net-compat/core';
import { publicOnly } from '@netstrata/ip-utils/policy';
import { guard } from '@netstrata/transport-guard';
import { tcp } from '@netstrata/transport-tcp';
import { once } from 'node:events';
import http from 'node:http';
import { RequestFilteringHttpAgent } from 'request-filtering-agent';

function guardedAgent() {
  const outside = createNet({ tcp: guard(tcp, publicOnly) });
  return Object.assign(new http.Agent(), { createConnection: (options) => outside.connect(options) });
}

/** Agents that let only public addresses through. @type {Record<string, () => http.Agent>} */
export const FILTERS = { 'transport-guard': guardedAgent, 'request-filtering-agent': () => new RequestFilteringHttpAgent() };

/** Whether a request was refused by the agent; `dialled` are the addresses that it has dialled all the same. */
async function isRefused(agent, url, options) {
  const request = http.get(url, { agent, timeout: 2000, ...options });
  request.on('timeout', () => request.destroy(new Error('it was dialled'))).on('response', () => request.destroy(new Error('it has answered')));
  const [error] = await once(request, 'error').catch((reason) => [reason]);
  return error.code === 'ERR_ADDRESS_DENIED' || /is not allowed/.test(error.message);
}

const URLS = {
  '127.0.0.1': 'http://127.0.0.1:1/',
  '127.0.0.1, as `127.1`': 'http://127.1:1/',
  'IPv4-mapped, `::ffff:127.0.0.1`': 'http://[::ffff:127.0.0.1]:1/',
  'IPv4-compatible, `::127.0.0.1`': 'http://[::127.0.0.1]:1/',
  'NAT64, `64:ff9b::127.0.0.1`': 'http://[64:ff9b::7f00:1]:1/',
  '6to4, `2002:7f00:1::`': 'http://[2002:7f00:1::]:1/',
  'Teredo to 127.0.0.1': 'http://[2001:0:4136:e378:8000:63bf:80ff:fffe]:1/',
  'ISATAP, `2001:db9::5efe:127.0.0.1`': 'http://[2001:db9::5efe:7f00:1]:1/',
  'site-local, `fec0::1`': 'http://[fec0::1]:1/',
  'shared, `100.64.0.1`': 'http://100.64.0.1:1/',
  'benchmarking, `198.18.0.1`': 'http://198.18.0.1:1/',
};

/** A resolver that has another answer each time. */
function changing() {
  const answers = [{ address: '198.51.100.7', family: 4 }, { address: '127.0.0.1', family: 4 }];
  return (name, { all }, done) => {
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (all) done(null, [answer]);
    else done(null, answer.address, answer.family);
  };
}

/** What is tried with each, by what the table calls it. @type {Record<string, (make: () => http.Agent) => Promise<string>>} */
export const FILTER_PROBES = {
  ...Object.fromEntries(Object.entries(URLS).map(([name, url]) => [name, async (make) => ((await isRefused(make(), url)) ? 'refused' : '**dialled**')])),
  'a name with the address 127.0.0.1': async (make) => ((await isRefused(make(), 'http://localhost:1/')) ? 'refused' : '**dialled**'),
  'a name with a public address, then 127.0.0.1': async (make) => {
    const server = http.createServer((request, response) => response.end()).listen(0, '127.0.0.1');
    await once(server, 'listening');
    let hasAnswered = false;
    server.on('request', () => (hasAnswered = true));
    const options = { lookup: changing(), autoSelectFamily: false };
    for (let i = 0; i < 2; i += 1) await isRefused(make(), `http://rebinding.example:${server.address().port}/`, options);
    server.close();
    return hasAnswered ? '**dialled**' : 'refused';
  },
  'the error': async (make) => {
    const request = http.get('http://127.0.0.1:1/', { agent: make() });
    const [error] = await once(request, 'error').catch((reason) => [reason]);
    return error.code === undefined ? 'no code' : `\`${error.code}\` of ${error.syscall}, with the address and the rule`;
  },
};

