// Runs a bundle with no other builtins than browsers have: node --experimental-vm-modules bare.cjs FILE
const { readFileSync } = require('node:fs');
const vm = require('node:vm');

const shared = [
  'console', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'queueMicrotask', 'TextEncoder', 'TextDecoder', 'atob', 'btoa',
  'AbortController', 'AbortSignal', 'Event', 'EventTarget', 'DOMException', 'performance', 'structuredClone', 'URL',
];

/** As in browsers: waiting for its messages does not keep a process alive. */
class MessageChannel {
  port1 = { onmessage: null };
  port2 = { postMessage: (data) => void setImmediate(() => this.port1.onmessage?.({ data })) };
}

const context = vm.createContext({ ...Object.fromEntries(shared.map((name) => [name, globalThis[name]])), MessageChannel });
vm.runInContext('globalThis.self = globalThis.window = globalThis', context);
const refuse = (name) => {
  throw new Error(`the bundle asks for ${name}`);
};

async function run(file) {
  const code = readFileSync(file, 'utf8');
  if (file.endsWith('.cjs')) return vm.runInContext(`(function (module, exports, require) {${code}\n})`, context, { filename: file })({ exports: {} }, {}, refuse);
  const module = new vm.SourceTextModule(code, { context, identifier: file });
  await module.link(refuse);
  await module.evaluate();
}

void run(process.argv[2]);
