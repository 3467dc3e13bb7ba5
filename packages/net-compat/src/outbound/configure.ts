import { bare, codedError, invalidArgValue, optionsOf } from '@netstrata/stream-core';
import type { Transport } from '@netstrata/transport';
import { ipc } from '@netstrata/transport-ipc';
import { tcp } from '@netstrata/transport-tcp';
import { checkObject } from '../args/validate.js';
import { isBun, runtimeProcess } from '../runtime/runtime.js';
import { defaultContext, type NetContext } from '../shared/context.js';
import { routesOf, type Route } from '../shared/routes.js';
import { guardingBy, type Guarding } from './egress.js';
import { routesBy } from './route.js';
import type { RegisterOptions } from './told.js';

const OPTIONS = ['egress', 'route'] as const;

/** What the default net has of it, and what that has replaced. */
const PARTS = ['tcp', 'ipc', 'routes', 'listenRoutes', 'isConfined'] as const;
type Parts = Pick<NetContext, (typeof PARTS)[number]>;
let replaced: PropertyDescriptorMap | null = null;

interface Standing {
  readonly guarding: Guarding | null;
  readonly routes: readonly Route[] | null;
}

let standing: Standing = { guarding: null, routes: null };

/** Where the values come from, in the words of errors. */
type Names = Readonly<Record<(typeof OPTIONS)[number], string>>;
const OF_OPTIONS: Names = { egress: 'options.egress', route: 'options.route' };

/**
 * Lets the default net dial as `register` is told. Whatever cannot be followed is thrown before anything changes: ERR_INVALID_ARG_TYPE,
 * ERR_INVALID_ARG_VALUE; ERR_FEATURE_UNAVAILABLE_ON_PLATFORM where http and tls dial past every net.
 */
export function configure(given: RegisterOptions, names: Names = OF_OPTIONS): void {
  checkObject(given, 'options');
  const unknown = Object.keys(given).find((name) => !OPTIONS.includes(name as never));
  if (unknown !== undefined) {
    throw invalidArgValue('options', given, `has an option ${JSON.stringify(unknown.slice(0, 40))}, which is none`);
  }
  const { egress, route } = optionsOf(given, OPTIONS);
  if (egress === undefined && route === undefined) return;
  const next: Standing = {
    guarding: egress === undefined ? standing.guarding : egress === null ? null : guardingBy(egress, names.egress),
    routes: route === undefined ? standing.routes : route === null ? null : routesBy(route, names.route),
  };
  if (next.guarding === null && next.routes === null) {
    standing = next;
    restore();
    return;
  }
  if (isBun || runtimeProcess?.versions?.['deno'] !== undefined) {
    const message = 'egress and route need Node: here fetch, http and tls dial past net';
    throw codedError(Error, 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM', message);
  }
  const parts = partsOf(next, names.route);
  standing = next;
  replaced ??= Object.fromEntries(PARTS.map((name) => [name, Object.getOwnPropertyDescriptor(defaultContext, name)!]));
  for (const name of PARTS) Object.defineProperty(defaultContext, name, bare({ value: parts[name], configurable: true, enumerable: true }));
}

/** Takes all of it away. */
export function unconfigure(): void {
  standing = { guarding: null, routes: null };
  restore();
}

function restore(): void {
  if (replaced !== null) Object.defineProperties(defaultContext, replaced);
  replaced = null;
}

function partsOf({ guarding, routes }: Standing, name: string): Parts {
  const over: Guarding = guarding ?? ((transport: Transport) => transport);
  const guarded = over(tcp);
  const all = routes?.map((route) => ({ ...route, transport: over(route.transport) }));
  return { tcp: guarded, ipc: over(ipc), ...routesOf(all, guarded, name), isConfined: true };
}
