import { on, once } from 'node:events';
import net from 'node:net';
import { Aedes } from 'aedes';
import mqtt from 'mqtt';
import { portOfNobody, serve } from '../src/client/server.mjs';
import { bytes, failure, sha256, step } from '../src/client/step.mjs';

const broker = await Aedes.createBroker();
const tcp = await serve(broker.handle);
const unix = await serve(broker.handle, 'mqtt');

const connect = (options) => mqtt.connectAsync({ host: '127.0.0.1', port: tcp.port, reconnectPeriod: 0, ...options });

/** Runs `work` with new clients. */
async function using(work, ...options) {
  const clients = await Promise.all(options.map(connect));
  try {
    return await work(...clients);
  } finally {
    await Promise.all(clients.map((client) => client.endAsync()));
  }
}

/** The next messages of a client, in the order in which they came. */
async function messages(client, count) {
  const seen = [];
  for await (const [topic, payload, { qos, retain }] of on(client, 'message')) {
    seen.push({ topic, text: payload.length > 100 ? sha256(payload) : `${payload}`, qos, retain });
    if (seen.length === count) return seen;
  }
}

for (const qos of [0, 1, 2]) {
  await step(`1,000 messages with QoS ${qos} in order`, () =>
    using(
      async (subscriber, publisher) => {
        await subscriber.subscribeAsync(`numbers/${qos}/+`, { qos });
        const heard = messages(subscriber, 1_000);
        const sent = Promise.all(Array.from({ length: 1_000 }, (_, n) => publisher.publishAsync(`numbers/${qos}/${n % 3}`, `${n}`, { qos })));
        await sent;
        return (await heard).map(({ topic, text, qos: got }) => `${topic} ${text} ${got}`);
      },
      {},
      {},
    ),
  );
}

await step('a message of 8 MB, over a UNIX socket too', () =>
  using(
    async (subscriber, publisher) => {
      await subscriber.subscribeAsync('big', { qos: 1 });
      const heard = messages(subscriber, 1);
      await publisher.publishAsync('big', bytes(8_000_000), { qos: 1 });
      const { localPort, remoteAddress, readyState } = publisher.stream;
      return { heard: await heard, port: typeof localPort, remoteAddress, readyState };
    },
    {},
    { host: undefined, port: undefined, path: unix.path, unixSocket: true, protocol: 'mqtt' },
  ),
);

await step('retained messages', () =>
  using(async (publisher) => {
    await publisher.publishAsync('retained/a', 'first', { retain: true, qos: 1 });
    await publisher.publishAsync('retained/a', 'second', { retain: true, qos: 1 });
    return using(async (subscriber) => {
      const heard = messages(subscriber, 1);
      await subscriber.subscribeAsync('retained/#');
      return heard;
    }, {});
  }, {}),
);

await step('the will of a client whose socket is destroyed, and of one that leaves', () =>
  using(async (subscriber) => {
    await subscriber.subscribeAsync('will/#');
    const will = (name) => ({ will: { topic: `will/${name}`, payload: `${name} died` } });
    const leaving = await connect(will('leaving'));
    await leaving.endAsync();
    const seen = [];
    for (const method of ['destroy', 'resetAndDestroy']) {
      const heard = messages(subscriber, 1);
      const dying = await connect(will(method));
      dying.stream[method]();
      seen.push(await heard);
    }
    return seen;
  }, {}),
);

await step('a session that goes on with the next connection', async () => {
  const session = { clientId: 'steady', clean: false };
  await using((client) => client.subscribeAsync('session', { qos: 1 }), session);
  await using((publisher) => publisher.publishAsync('session', 'meanwhile', { qos: 1 }), {});
  const client = mqtt.connect({ host: '127.0.0.1', port: tcp.port, ...session });
  const heard = messages(client, 1);
  const [{ sessionPresent }] = await once(client, 'connect');
  const seen = await heard;
  await client.endAsync();
  return { sessionPresent, seen };
});

await step('a client that is alone says that it is alive', () =>
  using(async (client) => {
    const [packet] = await once(broker, 'ping');
    return { packet: packet.cmd, connected: client.connected };
  }, { keepalive: 1 }),
);

await step('the broker closes a connection that is silent', async () => {
  const socket = net.connect(tcp.port, '127.0.0.1');
  // CONNECT of MQTT 3.1.1 from the client `s`, with a keep-alive of one second.
  socket.write(Buffer.from([0x10, 13, 0, 4, ...Buffer.from('MQTT'), 4, 2, 0, 1, 0, 1, 0x73]));
  const read = await socket.toArray();
  return { read: Buffer.concat(read).toString('hex'), ended: socket.readableEnded };
});

await step('it connects again when the broker ended the connection', async () => {
  const client = await connect({ reconnectPeriod: 1, clientId: 'again' });
  await client.subscribeAsync('again');
  const events = [];
  for (const name of ['close', 'reconnect', 'connect']) client.on(name, () => events.push(name));
  const connected = once(client, 'connect');
  const subscribed = once(broker, 'subscribe');
  broker.clients.again.close();
  await connected;
  await subscribed;
  const heard = messages(client, 1);
  await client.publishAsync('again', 'and again');
  const seen = { events: [...events], heard: await heard };
  await client.endAsync();
  return seen;
});

await step('what is refused', async () => {
  const nobody = portOfNobody();
  const silent = await serve((socket) => socket.resume());
  const outcome = {
    port: await failure(connect({ port: nobody })),
    silent: await failure(connect({ port: silent.port, connectTimeout: 200 })),
  };
  await silent.close();
  return outcome;
});

await new Promise((resolve) => void broker.close(resolve));
await Promise.all([tcp.close(), unix.close()]);
