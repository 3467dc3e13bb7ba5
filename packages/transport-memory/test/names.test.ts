import { describe, expect, it } from 'vitest';
import type { LookupOptions } from '../src/index.js';
import { Lab } from './support/lab.js';

const ask = async (lab: Lab, name: string, options: LookupOptions = { all: true }) => {
  let answer: unknown[] | undefined;
  lab.network.hosts[0].lookup(name, options, (...args) => (answer = args));
  await lab.until(() => answer !== undefined);
  return answer!;
};

describe('names', () => {
  const lab = new Lab({ lookupDelay: 20 });
  lab.host('a', ['10.0.0.1', 'fd00::1']);
  lab.host('db', ['10.0.0.2', 'fd00::2']);

  it('a host is found by its name, after the time of a name server', async () => {
    const from = lab.time.now;
    expect(await ask(lab, 'db')).toEqual([null, [{ address: '10.0.0.2', family: 4 }, { address: 'fd00::2', family: 6 }]]);
    expect(lab.time.now - from).toBe(20);
    expect(await ask(lab, 'DB.', { family: 6 })).toEqual([null, 'fd00::2', 6]);
    expect(await ask(lab, 'db', { family: 'IPv6' })).toEqual([null, 'fd00::2', 6]);
    expect(await ask(lab, 'localhost')).toEqual([null, [{ address: '::1', family: 6 }, { address: '127.0.0.1', family: 4 }]]);
    expect(await ask(lab, '192.0.2.7', {})).toEqual([null, '192.0.2.7', 4]);
  });

  it('other names can be given, and change', async () => {
    lab.network.names.set('api', ['10.0.0.2', '10.0.0.1']);
    expect(await ask(lab, 'api', {})).toEqual([null, '10.0.0.2', 4]);
    lab.network.names.set('api', 'EAI_AGAIN');
    const [error] = await ask(lab, 'api', {});
    expect(error).toMatchObject({ message: 'getaddrinfo EAI_AGAIN api', code: 'EAI_AGAIN', errno: -3001, syscall: 'getaddrinfo', hostname: 'api' });
  });

  it('what is unknown, or has no address of that family, is ENOTFOUND', async () => {
    for (const answer of [await ask(lab, 'nobody'), await ask(lab, 'api.db', { family: 4 }), await ask(lab, '__proto__')]) {
      expect(answer[0]).toMatchObject({ code: 'ENOTFOUND', errno: -3008 });
    }
  });

  it('a host without IPv6 gets no IPv6 addresses', async () => {
    const plain = new Lab();
    plain.host('a', '10.0.0.1');
    plain.host('db', ['fd00::2', '10.0.0.2']);
    expect(await ask(plain, 'db')).toEqual([null, [{ address: '10.0.0.2', family: 4 }]]);
  });
});
