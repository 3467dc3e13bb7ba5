import type { Net, Socket } from '@netstrata/net-compat/core';
import type { Ground } from './grounds.js';
import { Judge } from './judge.js';
import { listen } from './pair.js';
import { Random } from './random.js';
import { intoBuffers, MANNERS, receive, type Place } from './receive.js';
import { send } from './send.js';

export interface Outcome {
  readonly chunks: number;
  readonly bytes: number;
  readonly transferred: number;
  readonly wrong: readonly string[];
}

const TOGETHER = 6;

/** Connections of every kind, several at a time, until the time is over. `throws`: listeners throw now and then, and the process survives that. */
export async function attack({ net, place, hasRoomAround = false }: Ground, seed: number, isOver: (chunks: number) => boolean, throws = false): Promise<Outcome> {
  const random = new Random(seed);
  const judge = new Judge(random, throws, hasRoomAround);
  while (!isOver(judge.chunks) && judge.wrong.length === 0) {
    await Promise.all(Array.from({ length: TOGETHER }, () => exchange(net, place(), judge, new Random(random.below(2 ** 31)))));
  }
  judge.look();
  return judge;
}

interface Side {
  readonly incoming: Place;
  readonly isPooled: boolean;
  readonly options: object;
  readonly usesBuffers: boolean;
}

function sideOf(judge: Judge, random: Random): Side {
  const incoming: Place = { start: random.below(1_000_000), offset: 0 };
  const isPooled = random.chance(0.15);
  const usesBuffers = !isPooled && random.chance(0.15);
  const options = {
    pooledReads: isPooled, gather: random.chance(0.8), allowHalfOpen: true, highWaterMark: random.pick([1, 1000, 65_536, 65_536, 1 << 20]),
    ...(usesBuffers && { onread: intoBuffers(incoming, judge, random) }),
  };
  return { incoming, isPooled, options, usesBuffers };
}

/** One connection, from connect to close: both ends send and receive, or one sends and the other echoes. */
async function exchange(net: Net, at: ReturnType<Ground['place']>, judge: Judge, random: Random): Promise<void> {
  const client = sideOf(judge, random);
  const server = { ...sideOf(judge, random), usesBuffers: false };
  const echoes = random.chance(0.35);
  const isChat = random.chance(0.6);
  const most = isChat ? 150_000 : 1_500_000;
  const toServer = random.below(most);
  const toClient = echoes ? toServer : random.below(most);
  const outgoing = { start: echoes ? client.incoming.start : server.incoming.start };
  const { allowHalfOpen, highWaterMark, pooledReads, gather } = server.options as Record<string, never>;
  const listener = net.createServer({ allowHalfOpen, highWaterMark, pooledReads, gather }, (socket) => {
    socket.on('error', (error) => judge.fault(`server: ${String(error)}`));
    if (echoes) {
      socket.pipe(socket);
      return;
    }
    receive(socket, random.pick(MANNERS), server.incoming, judge, random, server.isPooled);
    void send(socket, client.incoming.start, toClient, isChat, random);
  });
  const where = await listen(listener, at);
  const socket: Socket = net.connect({ ...where, ...client.options });
  const closed = new Promise<void>((resolve) => {
    socket.on('error', (error) => judge.fault(`client: ${String(error)}`));
    socket.on('close', () => {
      listener.close(() => resolve());
    });
  });
  if (!client.usesBuffers) receive(socket, random.pick(MANNERS), client.incoming, judge, random, client.isPooled);
  void send(socket, outgoing.start, toServer, isChat, random);
  await closed;
  if (client.incoming.offset !== toClient) judge.fault(`${client.incoming.offset} bytes of ${toClient} have come back`);
  if (!echoes && server.incoming.offset !== toServer) judge.fault(`${server.incoming.offset} bytes of ${toServer} have arrived`);
}
