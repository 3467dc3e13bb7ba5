import { BoundPorts } from './bound-ports.js';
import { reset, type ByteStream } from './byte-stream.js';
import { serverSettingsOf, type SocksServerOptions } from './server-options.js';
import { Session } from './session.js';

/** Serves SOCKS5 on one connection after the other: a listener for 'connection' of any server. */
export interface SocksServer {
  (stream: ByteStream): void;
  /** How many clients there are now. */
  readonly connections: number;
}

/**
 * A server of SOCKS5 (RFC 1928, RFC 1929) for connections from any listener: CONNECT, and where it is allowed BIND. By default clients
 * reach public addresses only.
 * @throws TypeError `ERR_INVALID_ARG_TYPE`, `ERR_INVALID_ARG_VALUE`, also for options that there are none of; RangeError `ERR_OUT_OF_RANGE`
 */
export function socksServer(options: SocksServerOptions): SocksServer {
  const settings = serverSettingsOf(options);
  const ports = new BoundPorts(settings);
  let connections = 0;
  const left = (): void => {
    connections--;
  };
  const serve = (stream: ByteStream): void => {
    if (connections < settings.maxConnections && !stream.destroyed) {
      connections++;
      new Session(stream, ports, left).start();
    } else {
      stream.on('error', () => {});
      reset(stream);
    }
  };
  Object.defineProperty(serve, 'connections', { get: () => connections, enumerable: true });
  return serve as SocksServer;
}
