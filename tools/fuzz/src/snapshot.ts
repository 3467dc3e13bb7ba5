import type { Server, Socket } from 'node:net';

/** The state of a socket that users can read. */
const SOCKET_PROPERTIES = [
  'readyState', 'connecting', 'pending', 'destroyed', 'closed', 'errored', 'readable', 'writable', 'readableFlowing', 'readableLength',
  'readableEnded', 'readableDidRead', 'readableAborted', 'readableEncoding', 'readableHighWaterMark', 'writableLength', 'writableEnded',
  'writableFinished', 'writableNeedDrain', 'writableCorked', 'bytesRead', 'bytesWritten', 'timeout', 'bufferSize',
] as const satisfies readonly (keyof Socket)[];
/** For other events a net may have its own listeners. */
const COUNTED = ['data', 'readable', 'error'];

type Values = (string | number | boolean | null | undefined)[];

function plain(value: Error | string | number | boolean | null | undefined): string | number | boolean | null | undefined {
  if (!(value instanceof Error)) return value;
  return (value as NodeJS.ErrnoException).code ?? value.message;
}

function valuesOf(socket: Socket): Values {
  const values: Values = [];
  for (const name of SOCKET_PROPERTIES) {
    values.push(plain(socket[name]));
  }
  values.push(socket.isPaused(), socket.remoteFamily, socket.remoteFamily === undefined ? undefined : socket.localFamily);
  for (const event of COUNTED) values.push(socket.listenerCount(event));
  return values;
}

const NAMES = [...SOCKET_PROPERTIES, 'isPaused', 'remoteFamily', 'localFamily', ...COUNTED.map((event) => `listeners of ${event}`)];

/** The initial state of a socket, which is not shown. */
const FRESH: Readonly<Record<string, unknown>> = {
  readyState: 'open', connecting: false, pending: true, destroyed: false, closed: false, errored: null, readable: true, writable: true,
  readableFlowing: null, readableLength: 0, readableEnded: false, readableDidRead: false, readableAborted: false, readableEncoding: null,
  readableHighWaterMark: 65536, writableLength: 0, writableEnded: false, writableFinished: false, writableNeedDrain: false, writableCorked: 0,
  bytesRead: 0, bytesWritten: 0, isPaused: false,
};

/** What has changed in one socket since the last snapshot. */
export class Snapshots {
  readonly #socket: Socket;
  #last = NAMES.map((name) => name in FRESH ? FRESH[name] : name.startsWith('listeners') ? 0 : undefined) as Values;

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  /** Empty when nothing has changed. */
  changes(): string {
    const values = valuesOf(this.#socket);
    const changed: string[] = [];
    for (let i = 0; i < values.length; i++) {
      if (values[i] !== this.#last[i]) changed.push(`${NAMES[i]}=${values[i]}`);
    }
    this.#last = values;
    return changed.length === 0 ? '' : ` | ${changed.join(' ')}`;
  }
}

export function serverState(server: Server): string {
  return `listening=${server.listening} connections=${(server as unknown as { _connections: number })._connections}`;
}
