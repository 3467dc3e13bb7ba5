import { fortyLines } from '@netstrata/example-custom-transport';
import { createNet } from '@netstrata/net-compat/core';
import type { Transport } from '@netstrata/transport';
import { expect, it } from 'vitest';
import type { Medium } from '../src/medium.js';
import { play } from '../src/play.js';
import { createScreen } from '../src/screen.js';

/** Changes one byte of every write of the dialling end. */
const corrupting: Transport = {
  ...fortyLines,
  connect(endpoint, sink, options) {
    const connection = fortyLines.connect(endpoint, sink, options);
    const write = connection.write.bind(connection);
    connection.write = (chunk) => {
      const changed = chunk.slice();
      changed[0] ^= 1;
      return write(changed);
    };
    return connection;
  },
};

function onScreen(): { screen: ReturnType<typeof createScreen>; text: () => string } {
  let text = '';
  const write = (line: unknown): boolean => {
    text += String(line);
    return true;
  };
  return { screen: createScreen({ write }), text: () => text };
}

it('a byte that arrives changed is a failure, and says where', async () => {
  const medium: Medium = {
    title: 'noise', says: '', net: createNet({ ipc: corrupting }), place: () => ({ path: 'noise' }), megabytes: 1, exclusive: true, halfCloses: true, resets: true,
  };
  const { screen, text } = onScreen();
  expect(await play([medium], screen)).toBeGreaterThan(0);
  expect(text()).toMatch(/✗ there and back +CheckFailed: the checksums differ/);
  expect(text()).toContain('of the checks failed.');
});

it('a medium that the machine lacks is skipped with a line', async () => {
  const { screen, text } = onScreen();
  const medium: Medium = {
    title: 'semaphore', says: '', net: createNet(), place: () => ({}), megabytes: 1, exclusive: false, halfCloses: false, resets: false,
    missing: () => Promise.resolve('no hill in sight'),
  };
  expect(await play([medium], screen)).toBe(0);
  expect(text()).toContain('semaphore  skipped: no hill in sight');
});
