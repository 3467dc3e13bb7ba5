import type { InetEndpoint } from '@netstrata/transport';
import type { OpenSocket } from './over-sockets.js';

interface Place {
  readonly hostname: string;
  readonly port: number;
}

/** What is used of Deno. */
declare const Deno: {
  connect(to: Place): Promise<{
    readonly localAddr: Place;
    readonly remoteAddr: Place;
    read(into: Uint8Array): Promise<number | null>;
    write(from: Uint8Array): Promise<number>;
    closeWrite(): Promise<void>;
    close(): void;
  }>;
};

/** What Deno tells by the name of an error, or by its text alone. */
function codeOf({ name, message, code }: Error & { code?: string }): string | undefined {
  if (name === 'NotCapable') return 'EACCES';
  return message.startsWith('failed to lookup address information') ? 'ENOTFOUND' : code;
}

function endpointOf({ hostname, port }: Place): InetEndpoint {
  return { address: hostname, port, family: hostname.includes(':') ? 'IPv6' : 'IPv4' };
}

/** In Deno. The streams are made here: with those of `Deno.connect`, the end of one direction closes the other too. */
export async function denoSocket(hostname: string, port: number): Promise<OpenSocket> {
  const connection = await Deno.connect({ hostname, port }).catch((error: unknown) => {
    throw Object.assign(error as Error, { code: codeOf(error as Error) });
  });
  const readable = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const memory = new Uint8Array(65_536);
      const count = await connection.read(memory);
      if (count === null) controller.close();
      else controller.enqueue(memory.subarray(0, count));
    },
  }, { highWaterMark: 0 });
  const writable = new WritableStream<Uint8Array>({
    async write(chunk) {
      for (let at = 0; at < chunk.length;) at += await connection.write(chunk.subarray(at));
    },
    close: () => connection.closeWrite(),
  });
  const [local, remote] = [endpointOf(connection.localAddr), endpointOf(connection.remoteAddr)];
  return { readable, writable, local, remote, close: () => { connection.close(); } };
}
