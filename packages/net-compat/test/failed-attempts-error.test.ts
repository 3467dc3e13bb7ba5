import { once } from 'node:events';
import { expect, it } from 'vitest';
import net, { type AddressInfo, type LookupFunction } from '@netstrata/net-compat';

it('the stack of the error of several failed attempts begins with its code, as Node writes it', async () => {
  const server = net.createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  await once(server.close(), 'close');
  const lookup: LookupFunction = (_name, _options, done) => {
    done(null, [{ address: '127.0.0.1', family: 4 }, { address: '127.0.0.2', family: 4 }]);
  };
  const [error] = (await once(net.connect({ port, host: 'two.example', lookup, autoSelectFamily: true }), 'error').catch((failure: unknown) => [failure])) as [AggregateError];
  expect(error.stack?.split('\n')[0]).toBe('AggregateError [ECONNREFUSED]: ');
  expect(error.errors).toHaveLength(2);
});
