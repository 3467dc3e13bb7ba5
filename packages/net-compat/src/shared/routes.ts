import { invalidArgType, optionsOf } from '@netstrata/stream-core';
import { resolvesNames, type Transport } from '@netstrata/transport';
import { checkTransport } from '../args/check-transport.js';
import { ANY_HOST, ANY_PORT, hostPatternOf, nameOf, portRangeOf, type HostPattern, type PortRange } from '../args/route-patterns.js';
import { checkBoolean, checkObject } from '../args/validate.js';

/** Ports, both ends included. */
export interface PortsFromTo {
  /** The lowest. */
  readonly from: number;
  /** The highest. */
  readonly to: number;
}

/** Which dials, and which listening, a transport gets. */
export interface Route {
  /**
   * A name (`redis.internal`), the names below one (`*.internal`), an IP address or a CIDR (`10.0.0.0/8`); every host when not given, and
   * for `*`. Names are compared in any case, and without one final dot. IPv4-mapped IPv6 addresses are IPv4 ones.
   */
  host?: string | undefined;
  /** A port, or all from one to another, both included; every port when not given. */
  port?: number | string | PortsFromTo | readonly [from: number, to: number] | undefined;
  /** What gets them. */
  transport: Transport;
  /** False: it gets dials only, and listening goes on to the next. */
  listen?: boolean | undefined;
}

interface Way {
  readonly hosts: HostPattern;
  readonly ports: PortRange;
  readonly transport: Transport;
  readonly listens: boolean;
}

/** The routes of a net, and its transport for all else behind them. The first that matches counts. */
export class Routes {
  readonly #ways: readonly Way[];

  constructor(ways: readonly Way[]) {
    this.#ways = ways;
  }

  /**
   * Where a name goes, as far as that is known before it is resolved. Null: it depends on the address. Undefined: nowhere. A transport that
   * resolves names gets it also where one of its addresses might have gone another way: none will be known here.
   */
  ofName(host: string, port: number): Transport | null | undefined {
    const name = nameOf(host);
    let dependsOnAddress = false;
    for (const { hosts, ports, transport } of this.#ways) {
      if (port < ports.from || port > ports.to) continue;
      if (hosts.takesName(name)) return dependsOnAddress && !resolvesNames(transport) ? null : transport;
      dependsOnAddress ||= hosts.byAddress;
    }
    return dependsOnAddress ? null : undefined;
  }

  /** Where an address goes: one that was given as such, or one of a host's. */
  ofAddress(address: string, port: number, host: string): Transport | undefined {
    const name = host === address ? null : nameOf(host);
    return this.#first(port, (hosts) => hosts.takesAddress(address) || (name !== null && hosts.takesName(name)));
  }

  /** Where all addresses at once are listened on: no route for certain hosts is for that. */
  ofEveryAddress(port: number): Transport | undefined {
    return this.#first(port, (hosts) => hosts === ANY_HOST);
  }

  #first(port: number, takes: (hosts: HostPattern) => boolean): Transport | undefined {
    return this.#ways.find(({ hosts, ports }) => port >= ports.from && port <= ports.to && takes(hosts))?.transport;
  }
}

/** Of a net: for dials and for listening. Null where all goes to `tcp`, as addresses. */
export interface BothRoutes {
  readonly routes: Routes | null;
  readonly listenRoutes: Routes | null;
}

/**
 * What a net was given as routes, checked and copied, with `tcp` behind them. Throws ERR_INVALID_ARG_TYPE and ERR_INVALID_ARG_VALUE.
 */
export function routesOf(given: unknown, tcp: Transport | undefined, option = 'options.routes'): BothRoutes {
  if (given !== undefined && !Array.isArray(given)) throw invalidArgType(option, 'an instance of Array', given);
  const ways = Array.from((given ?? []) as readonly Route[], (route, i) => wayOf(route, `${option}[${i}]`));
  return { routes: routesBefore(tcp, ways), listenRoutes: routesBefore(tcp, ways.filter(({ listens }) => listens)) };
}

function routesBefore(tcp: Transport | undefined, ways: readonly Way[]): Routes | null {
  if (ways.length === 0 && (tcp === undefined || !resolvesNames(tcp))) return null;
  return new Routes(tcp === undefined ? ways : [...ways, { hosts: ANY_HOST, ports: ANY_PORT, transport: tcp, listens: true }]);
}

function wayOf(given: Route, option: string): Way {
  checkObject(given, option);
  const { host, port, transport, listen = true } = optionsOf(given, ['host', 'port', 'transport', 'listen']);
  checkTransport(transport, `${option}.transport`);
  checkBoolean(listen, `${option}.listen`);
  return { hosts: hostPatternOf(host, `${option}.host`), ports: portRangeOf(port, `${option}.port`), transport, listens: listen };
}
