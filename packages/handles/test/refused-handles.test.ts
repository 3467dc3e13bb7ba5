import { expect, it } from 'vitest';
import { createNodeNetDriver, getDriver } from '../src/index.js';

const { TCP } = (process as unknown as { binding(name: string): { TCP: { prototype: object } } }).binding('tcp_wrap');
const acceptor = { onListening() {}, onConnection() {}, onAcceptError() {}, onClose() {} };

for (const [name, driver] of Object.entries({ default: getDriver(), host: createNodeNetDriver() })) {
  it(`the prototype of all handles is no handle, and nothing is left on it, ${name} driver`, () => {
    const before = Reflect.ownKeys(TCP.prototype);
    for (const native of [TCP.prototype, Object.create(TCP.prototype) as object]) {
      expect(() => driver.adoptConnection(native)).toThrow(expect.objectContaining({ code: 'ERR_INVALID_HANDLE_TYPE' }));
      expect(() => driver.adoptListener(native, acceptor)).toThrow(expect.objectContaining({ code: 'ERR_INVALID_HANDLE_TYPE' }));
    }
    expect(Reflect.ownKeys(TCP.prototype)).toEqual(before);
  });

  it(`what can be no descriptor is not listened on, ${name} driver`, () => {
    for (const native of [-1, Number.NaN]) {
      expect(() => driver.adoptListener(native, acceptor)).toThrow(expect.objectContaining({ code: expect.any(String) as string }));
    }
  });
}
