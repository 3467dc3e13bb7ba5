import { expect, it } from 'vitest';
import { createNetwork, VirtualTime } from '../src/index.js';

it('a dial to where nobody is leaves nothing to wait for once it is given up', () => {
  const time = new VirtualTime();
  const host = createNetwork({ time }).host('laptop', '10.0.0.2');
  const ends: (Error | null)[] = [];
  const connection = host.tcp.connect({ address: '10.0.0.9', port: 80, family: 'IPv4' }, {
    onConnect() {}, onData() {}, onEnd() {}, onWriteDone() {}, onShutdownDone() {},
    onClose(error) { ends.push(error); },
  });
  expect(time.isIdle).toBe(false);
  connection.close();
  while (time.now < 100 && time.step());
  expect([ends, time.isIdle]).toEqual([[null], true]);
  expect(time.now).toBeLessThan(100);
});
