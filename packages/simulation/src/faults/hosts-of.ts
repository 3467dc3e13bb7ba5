import type { Fault, HostRef, NamedFault } from './fault.js';

interface Named {
  readonly name: string;
}

/** A host by its name, or by its number: numbers count round and round. Throws ERR_NO_SUCH_HOST for a name. */
function find(hosts: readonly Named[], get: (name: string) => Named, ref: HostRef): string {
  return typeof ref === 'string' ? get(ref).name : hosts[ref % hosts.length].name;
}

/**
 * A fault with the names of its hosts: making another host changes nothing about it. Two numbers are two hosts, where there are two: what
 * is between a host and itself would change nothing.
 */
export function named(world: { readonly hosts: readonly Named[]; get(name: string): Named }, fault: Fault): NamedFault {
  const { hosts } = world;
  const nameOf = (ref: HostRef): string => find(hosts, (name) => world.get(name), ref);
  if ('host' in fault) return { ...fault, host: nameOf(fault.host) };
  const [from, to] = [nameOf(fault.from), nameOf(fault.to)];
  const isSame = from === to && typeof fault.from === 'number' && typeof fault.to === 'number';
  return { ...fault, from, to: isSame ? nameOf((fault.to) + 1) : to };
}
