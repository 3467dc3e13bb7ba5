import { scenario } from './support/scenario.js';

scenario('nothing is read while nobody listens, and all of it later', async (t) => {
  const { client, peer } = await t.pair();
  peer.end('early');
  await t.turn(5);
  t.log('held', client.readableLength, client.bytesRead, client.readableFlowing, client.readableEnded);
  t.watch(client, 'client', { data: true });
  await t.closed(client);
});

scenario('pause and resume', async (t) => {
  const { client, peer } = await t.pair();
  t.watch(client, 'client', { data: true, also: ['pause', 'resume'] });
  client.pause();
  t.log('paused', client.isPaused(), client.readableFlowing);
  peer.write('while paused');
  await t.turn(5);
  t.note('client', '-- resume');
  client.resume();
  t.log('resumed', client.isPaused(), client.readableFlowing);
  await t.turn(5);
  peer.end();
  await t.closed(client);
});

scenario('pause in the listener of data', async (t) => {
  const { client, peer } = await t.pair({ readableHighWaterMark: 4 });
  client.once('data', () => {
    client.pause();
    t.note('client', 'paused');
    setImmediate(() => {
      t.note('client', 'resumed');
      client.resume();
    });
  });
  t.watch(client, 'client', { data: true });
  peer.write('one');
  await t.turn(5);
  peer.end('two');
  await t.closed(client);
});

scenario('a socket that was paused before it connected', async (t) => {
  await t.serve((peer) => peer.end('hello'));
  const client = t.track(new t.net.Socket());
  client.pause();
  t.watch(client, 'client', { data: true });
  client.connect(t.target());
  await t.once(client, 'ready');
  await t.turn(5);
  t.log('held', client.readableLength, client.bytesRead, client.isPaused());
  client.resume();
  await t.closed(client);
});

for (const encoding of ['utf8', 'latin1', 'hex', 'base64', 'utf16le', 'ascii'] as const) {
  scenario(`setEncoding ${encoding}`, async (t) => {
    const { client, peer } = await t.pair();
    t.log('returns', client.setEncoding(encoding) === client, client.readableEncoding);
    t.watch(client, 'client', { data: true });
    peer.write(Buffer.from('grüß €'));
    peer.end(Buffer.from([0xc3]));
    await t.closed(client);
  });
}

scenario('characters that arrive in pieces', async (t) => {
  const { client, peer } = await t.pair();
  client.setEncoding('utf8');
  t.watch(client, 'client', { data: true });
  for (const byte of Buffer.from('€ü😀')) {
    peer.write(Buffer.from([byte]));
    await t.turn(3);
  }
  peer.end();
  await t.closed(client);
});

scenario('an unknown encoding to read in', { media: ['tcp4'] }, (t) => {
  t.attempt('setEncoding', () => new t.net.Socket().setEncoding('klingon' as BufferEncoding));
});

scenario('read in pieces, with readable', async (t) => {
  const { client, peer } = await t.pair();
  t.watch(client, 'client');
  client.on('readable', () => {
    let piece: Buffer | null;
    while ((piece = client.read(3) as Buffer | null) !== null) t.note('client', 'read', piece);
    if (client.readableLength > 0 && !client.readableEnded) t.note('client', 'left', client.readableLength);
  });
  peer.end('abcdefgh');
  await t.closed(client);
});

scenario('unshift', async (t) => {
  const { client, peer } = await t.pair();
  t.watch(client, 'client', { events: ['end', 'close'] });
  client.once('readable', () => {
    const head = client.read(5) as Buffer;
    t.log('head', head);
    client.unshift(head.subarray(2));
    t.watch(client, 'client', { data: true });
    client.resume();
  });
  peer.end('helloworld');
  await t.closed(client);
});

scenario('backpressure of reading stops the peer', async (t) => {
  const { client, peer } = await t.pair({ readableHighWaterMark: 1000 });
  client.pause();
  client.read(0);
  const done = t.once(peer, 'finish');
  peer.end(Buffer.alloc(1 << 24, 'x'));
  await t.turn(20);
  t.log('held back', client.readableLength < 1 << 20, peer.writableFinished);
  let size = 0;
  client.on('data', (chunk: Buffer) => (size += chunk.length)).resume();
  await Promise.all([t.closed(client), done]);
  t.log('all', size, client.bytesRead);
});

scenario('removing the listener of data pauses nothing', async (t) => {
  const { client, peer } = await t.pair();
  const listener = (): void => {};
  client.on('data', listener);
  client.removeListener('data', listener);
  t.log('flowing', client.readableFlowing);
  peer.end('lost');
  t.watch(client, 'client');
  await t.closed(client);
});

scenario('onread with one buffer', async (t) => {
  await t.serve((peer) => peer.end('hello world'));
  const buffer = Buffer.alloc(4);
  let text = '';
  const sizes: number[] = [];
  const client = t.watch(
    t.connect({
      onread: {
        buffer,
        callback: (size: number, given: Buffer) => {
          sizes.push(size);
          text += given.toString('latin1', 0, size);
          return given === buffer;
        },
      },
    }),
    'client',
  );
  await t.closed(client);
  t.log('text', text, sizes.every((size) => size <= 4), client.bytesRead);
});

scenario('onread with a function that gives buffers', async (t) => {
  await t.serve((peer) => peer.end('hello world'));
  let text = '';
  const client = t.watch(
    t.connect({ onread: { buffer: () => Buffer.alloc(3), callback: (size: number, given: Uint8Array) => void (text += Buffer.from(given).toString('latin1', 0, size)) } }),
    'client',
  );
  await t.closed(client);
  t.log('text', text);
});

scenario('onread with a buffer that has no room', async (t) => {
  await t.serve((peer) => peer.on('error', () => {}).end('hello world'));
  const client = t.watch(t.connect({ onread: { buffer: Buffer.alloc(0), callback: (size: number) => t.note('client', 'read', size) } }), 'client');
  await t.closed(client);
});

scenario('onread with a function that gives one buffer and then none', async (t) => {
  await t.serve((peer) => peer.end('hello world'));
  const given: unknown[] = [Buffer.alloc(3), undefined, 'text'];
  let text = '';
  const client = t.watch(
    t.connect({ onread: { buffer: () => given.shift() as Buffer, callback: (size: number, buffer: Buffer) => void (text += buffer.toString('latin1', 0, size)) } }),
    'client',
  );
  await t.closed(client);
  t.log('text', text);
});

scenario('onread that stops until it is resumed', async (t) => {
  await t.serve((peer) => peer.end('abcdef'));
  let calls = 0;
  const client = t.connect({
    onread: {
      buffer: Buffer.alloc(2),
      callback: (size: number, given: Buffer) => {
        t.note('client', 'read', given.subarray(0, size));
        if (++calls < 3) setImmediate(() => setImmediate(() => client.resume()));
        t.note('client', 'stop');
        return calls >= 3;
      },
    },
  });
  t.watch(client, 'client');
  await t.closed(client);
});

scenario('onread and pause', async (t) => {
  const { client, peer } = await t.pair({
    onread: {
      buffer: Buffer.alloc(100),
      callback: (size: number, given: Buffer) => {
        t.note('client', 'read', given.subarray(0, size));
        return true;
      },
    },
  });
  t.watch(client, 'client');
  client.pause();
  peer.write('one');
  await t.turn(5);
  t.note('client', '-- resume');
  client.resume();
  await t.turn(5);
  peer.end();
  await t.closed(client);
});

scenario('read of several chunks, without and with an encoding', async (t) => {
  const { client, peer } = await t.pair();
  client.pause();
  for (const text of ['ab', 'cd', 'ef']) {
    peer.write(text);
    await t.turn(5);
  }
  t.log('chunks', client.readableLength, client.read(), client.readableLength, client.read(), client.read(), client.read());
  client.setEncoding('utf8');
  for (const text of ['gh', 'ij']) {
    peer.write(text);
    await t.turn(5);
  }
  t.log('text', client.readableLength, client.read(), client.read());
});

scenario('what is put back into a socket with an encoding', async (t) => {
  const { client } = await t.pair();
  client.setEncoding('hex');
  client.unshift('abc');
  t.log('text', client.readableLength, client.read());
  client.unshift(Buffer.from('xyz'));
  t.log('bytes', client.readableLength, client.read(1), client.read());
  client.on('data', (chunk: unknown) => t.log('data', chunk));
  client.unshift(Buffer.from('uvw'));
  await t.turn();
  client.unshift(Buffer.from('flows'));
});

scenario('a loop that starts when everything was read, and one that ends before the error', async (t) => {
  const { client, peer } = await t.pair();
  const loop = async (name: string, socket: typeof client): Promise<void> => {
    try {
      for await (const chunk of socket) t.note(name, 'chunk', chunk);
      t.note(name, 'over');
    } catch (error) {
      t.note(name, 'failed', error);
    }
  };
  client.on('error', (error) => t.note('client', 'error', error));
  client.once('end', () => client.end('late'));
  client.end();
  const running = loop('client', client);
  peer.end();
  peer.resume();
  await Promise.all([t.closed(client), running]);
  await t.turn();
});
