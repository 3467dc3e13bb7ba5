import { describe, expect, it } from 'vitest';
import { compliance } from '../src/compliance/index.js';
import { systemError, type Connection, type PathEndpoint } from '../src/index.js';
import { refusedConnection } from '../src/layers/index.js';
import { FaultyTransport } from './support/faulty-transport.js';
import { GreetingTransport } from './support/greeting-transport.js';

let names = 0;
for (const isHasty of [false, true]) {
  compliance({ describe, it }, {
    name: isHasty ? 'greeting, and writing before it is heard' : 'greeting',
    transport: new GreetingTransport(new FaultyTransport('none'), isHasty),
    listenEndpoint: () => ({ path: `greeting-${++names}` }),
    nameEndpoint: ({ local }) => ({ host: (local as PathEndpoint).path, port: 1 }),
  });
}

const nothing = { onConnect() {}, onData() {}, onEnd() {}, onWriteDone() {}, onShutdownDone() {} };

describe('a connection that is refused', () => {
  const refusal = systemError({ code: 'EACCES', syscall: 'connect' });
  const refused = (then?: (connection: Connection) => void): Promise<Error | null> =>
    new Promise((resolve) => {
      let isInside = true;
      const onClose = (error: Error | null): void => {
        expect(isInside).toBe(false);
        resolve(error);
      };
      const connection = refusedConnection({ ...nothing, onClose }, refusal, { path: 'there' });
      expect(connection.remote).toEqual({ path: 'there' });
      then?.(connection);
      isInside = false;
    });

  it('tells so later', async () => {
    expect(await refused()).toBe(refusal);
  });

  it('tells null if it was closed before', async () => {
    expect(await refused((connection) => connection.close())).toBe(null);
    expect(await refused((connection) => connection.abort())).toBe(null);
  });
});
