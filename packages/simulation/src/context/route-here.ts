import { routeNet, type Net } from '@netstrata/net-compat/core';
import { noHost } from '../base/errors.js';
import { here } from './here.js';

/** From now on, sockets and servers that code on a host makes of the default net belong to that host. */
export function routeToHosts(): void {
  routeNet(netHere);
}

function netHere(): Net | undefined {
  const where = here();
  // It would be the real network.
  if (where?.host === null) throw noHost();
  return where?.host.net;
}
