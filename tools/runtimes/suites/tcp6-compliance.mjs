import { getDriver } from '@netstrata/handles';
import { tcp } from '@netstrata/transport-tcp';
import { compliance } from '@netstrata/transport/compliance';
import { runner } from './runner.mjs';

compliance(runner, {
  name: 'tcp over IPv6',
  transport: tcp,
  listenEndpoint: () => ({ address: '::1', port: 0, family: 'IPv6' }),
  localAddress: '::1',
  foreignAddress: '2001:db8::1',
  exactChunks: getDriver().name !== 'host',
});
