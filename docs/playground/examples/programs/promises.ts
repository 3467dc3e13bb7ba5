// Beyond node:net: promises for connecting and listening, lines to read,
// an end that lets connections finish.
import { close, connect, listen, serve } from '@netstrata/net-compat/promises';
import { reader } from '@netstrata/stream-core/reader';

const server = await listen({ port: 7 });

void serve(server, async (socket) => {
  for await (const line of reader(socket).lines()) {
    // A handler that throws loses its own connection, and no other.
    if (line === 'quit') throw new Error('rude');
    socket.write(`${line.length} characters\n`);
  }
  socket.end();
}, { onError: (error) => console.warn(`onError: ${(error as Error).message}`) });

const socket = await connect({ port: 7, connectTimeout: 2000 });
socket.end('one\nthree\n');
for await (const line of reader(socket).lines()) console.log(line);

const rude = await connect(7);
rude.on('error', () => {}).on('close', () => console.log('the rude client is closed'));
rude.write('quit\n');

const idle = await connect(7);
idle.on('close', () => console.log('the idle client is closed'));
console.log(await close(server, { grace: 200 }));
