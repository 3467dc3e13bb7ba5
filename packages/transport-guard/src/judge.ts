import { classify } from '@netstrata/ip-utils/classify';
import type { AddressPolicy, AddressRule } from '@netstrata/ip-utils/policy';
import { invalidArgType } from '@netstrata/stream-core';
import {
  checkAddress, checkPort, isNameEndpoint, isPathEndpoint, type Endpoint, type InetEndpoint, type ListenEndpoint, type NameEndpoint,
} from '@netstrata/transport';
import { addressDenied, type AddressDenied } from './denied.js';
import { spelledAddresses, isPlainHost, type HostRules } from '@netstrata/transport/hosts';

/** What a guard was told, checked. */
export interface Settings {
  readonly policy: AddressPolicy;
  readonly hosts: HostRules;
  /** Null for all. */
  readonly paths: ReadonlySet<string> | null;
  /** For local endpoints; null where everything may be listened on. */
  readonly listen: AddressPolicy | null;
  /** For peers that were accepted. */
  readonly acceptFrom: AddressPolicy | null;
}

/** Null is yes; else the rule that says no, which is null where none says yes. */
type Refusal = { readonly rule: AddressRule | null } | null;

/** What listens on every address: asked for by none, both have to be allowed. */
const EVERY_ADDRESS = ['::', '0.0.0.0'];

function refusalOf(policy: AddressPolicy, addresses: readonly string[], port: number): Refusal {
  let refusal: Refusal = null;
  for (const address of addresses) {
    const { allowed, rule } = policy.check(address, port);
    // A rule that denies says more than that none allows.
    if (!allowed && (refusal === null || refusal.rule === null)) refusal = { rule };
  }
  return refusal;
}

/** A connection that does not say where its ends are is gone already, or of a medium of which no policy knows anything. */
function allows(policy: AddressPolicy, end: InetEndpoint | null): boolean {
  return end !== null && policy.check(end.address, end.port).allowed;
}

/** Whom a dial reaches: the address of nobody leads to this host (RFC 1122 section 3.2.1.3 forbids it as a destination, systems do not). */
function reachedBy(address: string): readonly string[] {
  if (classify(address) !== 'unspecified') return [address];
  return address.includes(':') ? [address, '::1', '127.0.0.1'] : [address, '127.0.0.1'];
}

/** Says of endpoints whether they may be dialled, listened on, accepted from. Each answer is an error, or null. */
export class Judge {
  readonly #settings: Settings;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /** Throws ERR_INVALID_IP_ADDRESS and ERR_SOCKET_BAD_PORT for what is no endpoint. */
  dial(endpoint: Endpoint | NameEndpoint): AddressDenied | null {
    const refusal = this.#whyNot(endpoint, this.#settings.policy, (address) => reachedBy(address));
    return refusal && addressDenied('connect', endpoint, refusal.rule);
  }

  /** What a name has led to at the far end, where that was told: only a rule that denies it counts there. */
  reached(asked: NameEndpoint, remote: Endpoint | null): AddressDenied | null {
    if (remote === null || isPathEndpoint(remote)) return null;
    const refusal = refusalOf(this.#settings.policy, reachedBy(remote.address), remote.port);
    return refusal === null || refusal.rule === null ? null : addressDenied('connect', asked, refusal.rule);
  }

  listen(endpoint: ListenEndpoint | NameEndpoint): AddressDenied | null {
    const { listen } = this.#settings;
    if (listen === null) return null;
    const refusal = this.#whyNot(endpoint, listen, (address) => [address]);
    return refusal && addressDenied('listen', endpoint, refusal.rule);
  }

  /** Whether there is anything to be said of what is listened on, and of connections that are accepted there. */
  get judgesListening(): boolean {
    return this.#settings.listen !== null;
  }

  get judgesPeers(): boolean {
    return this.#settings.acceptFrom !== null;
  }

  /** Of an accepted connection: its own address, which a listener on every address does not say, and its peer's. Paths have neither. */
  accepts(local: Endpoint | null, remote: Endpoint | null, byLocal: boolean): boolean {
    const { listen, acceptFrom } = this.#settings;
    if ((local !== null && isPathEndpoint(local)) || (remote !== null && isPathEndpoint(remote))) return true;
    return (!byLocal || listen === null || allows(listen, local)) && (acceptFrom === null || allows(acceptFrom, remote));
  }

  #whyNot(endpoint: ListenEndpoint | NameEndpoint, policy: AddressPolicy, addressesAt: (address: string) => readonly string[]): Refusal {
    if (isPathEndpoint(endpoint)) return this.#whyNotPath(endpoint.path);
    const { port } = endpoint;
    checkPort(port);
    if (isNameEndpoint(endpoint)) {
      if (typeof endpoint.host !== 'string') throw invalidArgType('endpoint.host', 'of type string', endpoint.host);
      return this.#whyNotName(endpoint.host, port, policy);
    }
    const { address } = endpoint as Partial<InetEndpoint>;
    if (address === undefined) return refusalOf(policy, EVERY_ADDRESS, port);
    checkAddress(address);
    return refusalOf(policy, addressesAt(address), port);
  }

  #whyNotPath(path: string): Refusal {
    const { paths } = this.#settings;
    return paths === null || paths.has(path) ? null : { rule: null };
  }

  #whyNotName(host: string, port: number, policy: AddressPolicy): Refusal {
    const addresses = spelledAddresses(host);
    if (addresses.length > 0) return refusalOf(policy, addresses.flatMap(reachedBy), port) ?? (isPlainHost(host) ? null : { rule: null });
    return this.#settings.hosts.allows(host) ? null : { rule: null };
  }
}
