import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { besides, echoed, loading } from '../../src/client/loaded.mjs';
import { folder } from '../../src/client/server.mjs';
import { step } from '../../src/client/step.mjs';

const require = createRequire(import.meta.url);

const spans = [];
const { instrumentation, context, trace, provider } = await loading(() => {
  const { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } = require('@opentelemetry/sdk-trace-node');
  const { NetInstrumentation } = require('@opentelemetry/instrumentation-net');
  const { registerInstrumentations } = require('@opentelemetry/instrumentation');
  const api = require('@opentelemetry/api');
  const exporter = new InMemorySpanExporter();
  exporter.export = (done, callback) => {
    spans.push(...done);
    callback({ code: 0 });
  };
  const made = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  made.register();
  const net = new NetInstrumentation();
  registerInstrumentations({ instrumentations: [net] });
  require('net'); // which the instrumentation waits for
  return { ...api, instrumentation: net, provider: made };
});
const net = require('net');

/** What was recorded since the last time. */
function recorded() {
  return spans.splice(0).map(({ name, status, attributes, parentSpanContext }) => {
    const { 'net.peer.port': _, 'server.port': port, 'network.local.port': local, 'server.address': where, ...others } = attributes;
    return { name, status, others, port: typeof port, local: typeof local, where: where?.startsWith('/') ? 'path' : where, within: parentSpanContext !== undefined };
  });
}

await step('a span of a connection', async () => [await echoed(net, 'hello'), recorded()]);

await step('its parent is the active one', () => {
  const parent = trace.getTracer('test').startSpan('parent');
  return context.with(trace.setSpan(context.active(), parent), async () => [await echoed(net, 'hello'), recorded()]);
});

await step('a path', async () => {
  const server = net.createServer((socket) => socket.end()).listen(join(folder, 'otel'));
  await once(server, 'listening');
  const client = net.connect(join(folder, 'otel')).resume();
  await once(client, 'close');
  server.close();
  await once(server, 'close');
  return recorded();
});

await step('a connection that is refused', async () => {
  const client = net.connect({ port: 1, host: '127.0.0.1' });
  const [error] = await once(client, 'error');
  await new Promise(setImmediate);
  return [error.code, recorded()];
});

await step('what is wrong with the arguments', () => {
  try {
    new net.Socket().connect({ port: -1 });
  } catch (error) {
    return [error.code, recorded()];
  }
});

await step('sockets besides', async () => echoed(await besides(), 'hello'));

await step('and without it none', async () => {
  recorded();
  instrumentation.disable();
  const answer = await echoed(net, 'hello');
  await provider.shutdown();
  return [answer, recorded()];
});
