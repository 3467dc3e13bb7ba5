import type { Server, Socket } from '@netstrata/net-compat/core';
import type { World, WorldHost } from '@netstrata/simulation';
import { Duplex } from '@netstrata/stream-core';
import type { Connection } from '@netstrata/transport';
import { dialDuplex, listenDuplex } from './duplexes.js';
import type { Judge } from './judge.js';
import { operate } from './operations.js';
import { connectionOf, Player, type AnyStream } from './player.js';
import type { ClientPlan, Program, ServerPlan, Step } from './program.js';
import { received } from './readers.js';
import { ServerWatch } from './server-watch.js';

const PORT = 7000;

/** The hosts, servers and sockets of a program in a world. */
export class Scene {
  readonly world: World;
  readonly program: Program;
  readonly judge: Judge;
  readonly hosts: readonly WorldHost[];
  readonly servers = new Map<number, ServerWatch>();
  readonly clients = new Map<number, Player>();
  readonly players: Player[] = [];
  #accepted = 0;

  constructor(world: World, program: Program, judge: Judge) {
    this.world = world;
    this.program = program;
    this.judge = judge;
    this.hosts = program.hosts.map((addresses, i) => world.host(`h${i}`, addresses, { boot: (host) => { this.#boot(host, i); } }));
    program.servers.forEach(({ host }, i) => { world.name(`many${i}`, ['10.9.9.9', ...program.hosts.flat().toReversed(), 'fd00::99', ...program.hosts[host]]); });
    for (const { between: [one, other], link } of program.links) world.link(this.hosts[one], this.hosts[other], link);
  }

  #boot(host: WorldHost, number: number): void {
    for (const player of this.players) if (player.host === host) player.life.isDead = true;
    this.program.servers.forEach((plan, i) => { if (plan.host === number) this.#serve(host, plan, i); });
  }

  #serve(host: WorldHost, plan: ServerPlan, i: number): void {
    if (plan.layer === 'duplex') {
      listenDuplex(host, this.endpointOf(plan, i), plan, (duplex, connection) => { this.#accept(host, plan, duplex, connection.id); });
      return;
    }
    const server: Server = host.net.createServer(plan.options, (socket: Socket) => {
      watch.accepted(socket);
      this.#accept(host, plan, socket, connectionOf(socket));
    });
    const watch = new ServerWatch(`s${i}`, host, server, this.judge);
    this.servers.set(i, watch);
    watch.listen = () => {
      const { backlog } = plan;
      if (plan.on === 'path') server.listen({ path: `/s${i}`, backlog });
      else server.listen({ port: PORT + i, host: plan.on, backlog });
    };
    watch.listen();
  }

  endpointOf(plan: ServerPlan, i: number): { readonly path: string } | { readonly address: string; readonly port: number; readonly family: 'IPv4' | 'IPv6' } {
    return plan.on === 'path' ? { path: `/s${i}` } : { address: plan.on, port: PORT + i, family: plan.on === '::' ? 'IPv6' : 'IPv4' };
  }

  #accept(host: WorldHost, plan: ServerPlan, stream: Duplex | Socket, connection: number): void {
    const number = ++this.#accepted;
    const player = this.#player(`p${number}`, host, stream, plan, 500 + number, false);
    player.stands(connection);
    if (plan.does === 'echo') {
      player.life.pipedFrom = player.life;
      player.life.reads = true;
      player.stream.pipe(player.stream);
    } else if (plan.does === 'proxy') {
      this.#goOn(host, player, plan.onTo);
    } else {
      player.begin();
    }
  }

  #goOn(host: WorldHost, player: Player, server: number): void {
    const onward = host.net.connect({ ...this.#destination(this.program.servers[server], server, 'address', host), ...player.options });
    const other = this.#player(`${player.name}'`, host, onward, { reads: 'data', options: player.options }, 900 + this.#accepted, true);
    this.#unreached(other, server, host, 'address');
    player.life.pipedFrom = other.life;
    other.life.pipedFrom = player.life;
    player.life.reads = other.life.reads = true;
    player.stream.pipe(onward);
    onward.pipe(player.stream as never);
    // What a proxy does when one side is gone.
    player.stream.on('close', () => { other.life.gone ??= 'destroy'; onward.destroy(); });
    onward.on('close', () => { player.life.gone ??= 'destroy'; player.stream.destroy(); });
  }

  #player(name: string, host: WorldHost, stream: Duplex | Socket, plan: Pick<ServerPlan, 'reads' | 'options'>, key: number, isClient: boolean): Player {
    const player = new Player(name, host, stream as AnyStream, plan, this.judge, key, isClient);
    this.players.push(player);
    return player;
  }

  // ---- clients ------------------------------------------------------------------------------------------------------

  /** Makes the client, or connects it again once it is closed. */
  connect(i: number): void {
    const plan = this.program.clients[i];
    const host = this.hosts[plan.host];
    const before = this.clients.get(i);
    if (!host.isUp || (before?.isThere === true && !before.life.isClosed)) return;
    // As in Node, bytes written before a connection that was never made would be sent on the next, and bytes that were not read are still there.
    const again = before?.isThere === true && before.stream.connect !== undefined && before.life.hasConnected && before.stream.readableLength === 0 ? before : null;
    const player = again ?? (plan.layer === 'duplex' ? this.#duplexClient(plan, i, host) : this.#netClient(plan, i, host));
    this.clients.set(i, player);
    if (plan.layer === 'duplex') return;
    if (again !== null) again.again();
    this.#unreached(player, plan.server, host, plan.by);
    const destination = plan.by === 'nobody' ? { host: '10.7.7.7', port: 9 } : this.#destination(this.program.servers[plan.server], plan.server, plan.by, host);
    const near = plan.localPort > 0 && 'port' in destination ? { localPort: plan.localPort } : {};
    if (plan.localPort > 0) player.life.own.add('EADDRINUSE').add('EADDRNOTAVAIL').add('EINVAL').add('EAFNOSUPPORT');
    player.stream.connect!({ ...destination, ...near } as never);
    if (again === null || plan.reads === 'loop') player.begin();
  }

  #netClient(plan: ClientPlan, i: number, host: WorldHost): Player {
    const abort = plan.hasSignal ? new AbortController() : null;
    let player: Player | null = null;
    const buffer = Buffer.alloc(1000);
    const onread = { buffer, callback: (size: number): boolean => {
      received(player!, Buffer.from(buffer.subarray(0, size)));
      player!.life.reads = size % 5 !== 0;
      return player!.life.reads;
    } };
    const socket = new host.net.Socket({ ...plan.options, ...(abort !== null && { signal: abort.signal }), ...(plan.reads === 'onread' && { onread }) });
    player = this.#player(`c${i}`, host, socket, plan, 1 + i * 20 + this.players.length, true);
    player.abort = abort;
    return player;
  }

  #duplexClient(plan: ClientPlan, i: number, host: WorldHost): Player {
    const server = this.program.servers[plan.server];
    const to = this.endpointOf(server, plan.server);
    const own = this.hosts[plan.host].host.places.map(({ version }) => version);
    const address = this.program.hosts[server.host].find((one) => own.includes(one.includes(':') ? 6 : 4)) ?? this.program.hosts[server.host][0];
    const duplex = new Duplex(null, { ...plan.options, clock: host.clock });
    const player = this.#player(`c${i}`, host, duplex, plan, 1 + i * 20 + this.players.length, true);
    this.#unreached(player, plan.server, host, 'address');
    const endpoint = 'path' in to ? to : { address, port: to.port, family: address.includes(':') ? 'IPv6' as const : 'IPv4' as const };
    dialDuplex(host, endpoint, duplex, (connection: Connection & { readonly id: number }) => { player.stands(connection.id); });
    player.begin();
    return player;
  }

  #destination(server: ServerPlan, i: number, by: ClientPlan['by'], from: WorldHost): { path: string } | { host: string; port: number } {
    if (server.on === 'path') return { path: `/s${i}` };
    const addresses = this.program.hosts[server.host];
    const own = from.host.places.map(({ version }) => version);
    const address = addresses.find((one) => own.includes(one.includes(':') ? 6 : 4)) ?? addresses[0];
    return { port: PORT + i, host: by === 'name' ? `h${server.host}` : by === 'several' ? `many${i}` : address };
  }

  /** Whether there is no path to the server, or a path that leads elsewhere. */
  #unreached(player: Player, i: number, from: WorldHost, by: ClientPlan['by']): void {
    const server = this.program.servers[i];
    const own = from.host.places.map(({ version }) => version);
    const shared = this.program.hosts[server.host].some((one) => own.includes(one.includes(':') ? 6 : 4));
    const v4 = server.on === '::' || !this.program.hosts[server.host].some((one) => one.includes(':'));
    const fits = server.on === 'path' ? server.host === this.hosts.indexOf(from) : shared && v4;
    if (fits && by !== 'several' && by !== 'nobody') return;
    player.life.own.add('unreached').add('ERR_SOCKET_CONNECTION_TIMEOUT').add('ECONNREFUSED').add('ENOENT');
  }

  // ---- steps --------------------------------------------------------------------------------------------------------

  /** The socket or server of a step; null while there is none. */
  find(who: string): Player | null {
    const client = this.clients.get(Number(who.slice(1))) ?? null;
    if (who.startsWith('c') || client === null) return client;
    const other = client.life.connection === 0 ? null : this.judge.other(client.life);
    return this.players.find(({ life }) => life === other) ?? null;
  }

  perform({ who, what, with: args, inside }: Step): void {
    if (who.startsWith('s')) {
      this.servers.get(Number(who.slice(1)))?.perform(what, args);
      return;
    }
    if (what === 'connect' || what === 'reconnect') {
      this.connect(Number(who.slice(1)));
      return;
    }
    const player = this.find(who);
    if (player?.isThere !== true) return;
    const act = (): void => { if (player.isThere) operate(player, what, args); };
    // A listener of 'data' would make it flow, one of 'readable' would stop that, and removing one would change it again.
    if (inside === undefined) act();
    else if ((inside !== 'data' && inside !== 'readable') || player.stream.listenerCount(inside) > 0) {
      let isDone = false;
      player.stream.on(inside, () => {
        const isFirst = !isDone;
        isDone = true;
        if (isFirst) act();
      });
    }
  }
}
