import type { Capabilities, Transport } from '@netstrata/transport';
import { createNodeNetDriver, getDriver, type HandleDriver } from '../../src/index.js';

/** Each driver that this process has. */
export const DRIVERS: Readonly<Record<string, HandleDriver>> = { [getDriver().name]: getDriver(), host: createNodeNetDriver() };

/** A driver as a transport: nothing stands between its handles and whoever calls. */
export function transportOver(driver: HandleDriver, kind: 'tcp' | 'pipe'): Transport {
  const isTcp = kind === 'tcp';
  const capabilities: Capabilities = {
    halfClose: true, reset: isTcp, listen: true, bind: isTcp, adopt: true, noDelay: isTcp, keepAlive: isTcp, typeOfService: isTcp && driver.typeOfService, open: true,
  };
  return {
    name: `${kind} of the ${driver.name} driver`,
    capabilities,
    connect: (endpoint, sink, options) => driver.connect(endpoint, sink, options),
    open: (options) => driver.open(kind, options),
    listen: (endpoint, acceptor, options) => driver.listen(endpoint, acceptor, options),
    adoptConnection: (native) => driver.adoptConnection(native),
    adoptListener: (native, acceptor, options) => driver.adoptListener(native, acceptor, options),
  };
}
