import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const standIn = (name) => fileURLToPath(new URL(`src/stand-ins/${name}.ts`, import.meta.url));

/** What stands in for modules of Node's: why is in the README. */
const standIns = {
  net: standIn('net'),
  tls: standIn('tls'),
  dns: standIn('dns'),
  crypto: standIn('crypto'),
  os: standIn('os'),
  assert: 'assert/',
  stream: 'readable-stream',
  path: 'path-browserify',
  buffer: standIn('buffer'),
  events: 'events/',
  process: 'process/browser',
  string_decoder: 'string_decoder/',
  url: 'url/',
  util: 'util/',
  'util/types': 'util/',
  '(fs|http|https|zlib|child_process|diagnostics_channel)': standIn('nothing'),
};

export default defineConfig({
  resolve: {
    alias: [
      ...Object.entries(standIns).map(([name, replacement]) => ({ find: new RegExp(`^(node:)?${name}/?$`), replacement })),
      // `mqtt` for Node, not its client for WebSockets; and it looks for a window.
      { find: /^mqtt$/, replacement: 'mqtt/index' },
      { find: /^\.\.?\/is-browser$/, replacement: standIn('is-browser') },
    ],
  },
  build: { target: 'es2022', chunkSizeWarningLimit: 2000, modulePreload: { polyfill: false } },
});
