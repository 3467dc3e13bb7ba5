import { isIP } from '@netstrata/ip-utils';
import { parseCIDR } from '@netstrata/ip-utils/cidr';
import { codedError, environment } from '@netstrata/stream-core';
import { tcp } from '@netstrata/transport-tcp';
import type { Route } from '../shared/routes.js';
import { hostPatternOf, portRangeOf } from '../args/route-patterns.js';
import { through } from './route.js';

/** The variable in lower case counts before the other, as for curl. Empty is as not set. */
function variable(name: string): string | undefined {
  const value = environment(name.toLowerCase()) || environment(name);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

/**
 * What the variables say that many programs know: ALL_PROXY for everything, HTTPS_PROXY for port 443, NO_PROXY for what is dialled
 * directly. Without any of them everything is.
 */
export function routesOfVariables(): readonly Route[] {
  const [all, secure] = ['ALL_PROXY', 'HTTPS_PROXY'].map((name) => {
    const text = variable(name);
    // As curl reads it.
    return text === undefined ? undefined : through([text.includes('://') ? text : `http://${text}`], name);
  });
  const proxied: Route[] = [];
  if (secure !== undefined) proxied.push({ port: 443, transport: secure, listen: false });
  if (all !== undefined) proxied.push({ transport: all, listen: false });
  return proxied.length === 0 ? [] : [...directRoutes(variable('NO_PROXY') ?? ''), ...proxied];
}

/** NO_PROXY: names with all below them, `.suffix` and `*.suffix`, addresses, CIDRs, each with a port or without, and `*`. */
export function directRoutes(text: string): Route[] {
  return text.split(/[\s,]+/).filter((entry) => entry !== '').flatMap((entry) => {
    if (entry === '*') return [direct(undefined, undefined)];
    const { host, port } = placeOf(entry);
    const name = host.replace(/^\*?\./, '');
    const hosts = isIP(host) !== 0 || parseCIDR(host) !== null ? [host] : [name, `*.${name}`];
    try {
      for (const one of hosts) hostPatternOf(one, 'host');
      if (port !== undefined) portRangeOf(port, 'port');
    } catch {
      const message = `NO_PROXY has what is no name, address, CIDR or '*': ${JSON.stringify(entry.slice(0, 100))}`;
      throw codedError(TypeError, 'ERR_INVALID_ARG_VALUE', message);
    }
    return hosts.map((one) => direct(one, port));
  });
}

function direct(host: string | undefined, port: string | undefined): Route {
  return { host, port, transport: tcp, listen: false };
}

/** `name:80`, `10.0.0.1:80`, `[::1]:80`, `[::1]`, and all of these without a port. */
function placeOf(entry: string): { readonly host: string; readonly port: string | undefined } {
  const [, inBrackets, ofBrackets] = /^\[([^\]]*)\](?::(.*))?$/.exec(entry) ?? [];
  if (inBrackets !== undefined) return { host: inBrackets, port: ofBrackets };
  const [host, port, ...more] = entry.split(':');
  return more.length > 0 ? { host: entry, port: undefined } : { host, port };
}
