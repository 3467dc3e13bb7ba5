import {
  isPathEndpoint, systemError, type Connection, type ConnectSink, type DialEndpoint, type Endpoint, type ResolvingTransport,
} from '@netstrata/transport';
import { fromWebStreams, type WebStreams } from '@netstrata/transport/adapters';

/** A socket of a runtime, once it is connected; with its endpoints, where the runtime tells them. */
export type OpenSocket = WebStreams & { close(): unknown; readonly local?: Endpoint; readonly remote?: Endpoint };
/** Connects; rejects or throws where it cannot. When the signal is aborted, nobody wants the connection any more. */
export type Dial = (hostname: string, port: number, signal: AbortSignal) => Promise<OpenSocket>;

/** A transport over the sockets of a runtime. */
export function overSockets(dial: Dial): ResolvingTransport {
  const capabilities = {
    halfClose: true, reset: false, listen: false, names: true,
    bind: false, adopt: false, noDelay: false, keepAlive: false, typeOfService: false, open: false,
  } as const;
  return { name: 'sockets', capabilities, connect: (endpoint, sink) => connect(dial, endpoint, sink) };
}

async function dialled(dial: Dial, endpoint: DialEndpoint, signal: AbortSignal): Promise<OpenSocket> {
  try {
    if (isPathEndpoint(endpoint)) throw Object.assign(new Error('It dials addresses and names'), { code: 'EAFNOSUPPORT' });
    return await dial('host' in endpoint ? endpoint.host : endpoint.address, endpoint.port, signal);
  } catch (cause) {
    const { code = 'ECONNREFUSED' } = cause as { code?: string };
    throw Object.assign(systemError({ syscall: 'connect', code, endpoint }), { cause });
  }
}

function connect(dial: Dial, endpoint: DialEndpoint, sink: ConnectSink): Connection {
  const over = new AbortController();
  const socket = dialled(dial, endpoint, over.signal);
  const reader = socket.then(({ readable }) => readable.getReader());
  const writer = socket.then(({ writable }) => writable.getWriter());
  let ending: Promise<unknown> | undefined;
  // The last call of all, when it was closed or has failed. What was written before `close` still leaves; `abort` waits for nothing.
  const cancel = async (reason: unknown): Promise<void> => {
    over.abort();
    (await reader).cancel(reason).catch(() => {});
    await Promise.allSettled([ending]);
    await (await socket).close();
  };
  const close = (): Promise<unknown> => (ending = writer.then((one) => one.close()));
  const abort = async (reason: unknown): Promise<unknown> => {
    ending = undefined;
    return (await writer).abort(reason);
  };
  const connection = fromWebStreams({
    readable: { getReader: () => ({ closed: reader.then((one) => one.closed), read: async () => (await reader).read(), cancel }) },
    writable: {
      getWriter: () => ({ closed: writer.then((one) => one.closed), write: async (chunk) => (await writer).write(chunk), close, abort }),
    },
  });
  connection.sink = sink;
  let known: Pick<OpenSocket, 'local' | 'remote'> = 'host' in endpoint ? {} : { remote: endpoint };
  const whileOpen = (which: 'local' | 'remote') => ({ get: () => (over.signal.aborted ? null : (known[which] ?? null)) });
  Object.defineProperties(connection, { local: whileOpen('local'), remote: whileOpen('remote') });
  socket.then((opened) => {
    known = { local: opened.local, remote: known.remote ?? opened.remote };
    queueMicrotask(() => { if (!over.signal.aborted) sink.onConnect(); });
  }, () => {});
  return connection;
}
