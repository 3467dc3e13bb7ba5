import { getDriver } from '@netstrata/handles';
import { tcp } from '@netstrata/transport-tcp';
import { compliance } from '@netstrata/transport/compliance';
import { runner } from './runner.mjs';

compliance(runner, {
  transport: tcp,
  listenEndpoint: () => ({ address: '127.0.0.1', port: 0, family: 'IPv4' }),
  localAddress: '127.0.0.1',
  foreignAddress: '192.0.2.1',
  exactChunks: getDriver().name !== 'host',
});
