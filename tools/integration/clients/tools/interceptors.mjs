import { besides, echoed, loading } from '../../src/client/loaded.mjs';
import { get, serveHttp } from '../../src/client/get.mjs';
import { failure, step } from '../../src/client/step.mjs';

// It asks for Node 22, for this alone.
Promise.withResolvers ??= () => {
  const all = {};
  all.promise = new Promise((resolve, reject) => Object.assign(all, { resolve, reject }));
  return all;
};

const seen = [];
const interceptor = await loading(async () => {
  const { HttpRequestInterceptor, ...exported } = await import('@mswjs/interceptors/http').catch(() => ({}));
  const { ClientRequestInterceptor } = HttpRequestInterceptor ? {} : await import('@mswjs/interceptors/ClientRequest');
  const made = new (HttpRequestInterceptor ?? ClientRequestInterceptor ?? exported.default)();
  made.on('request', async ({ request, controller }) => {
    const url = new URL(request.url);
    seen.push(`${request.method} ${url.pathname}`);
    if (url.hostname === 'mocked.example') controller.respondWith(new Response(`mocked ${await request.text()}`, { status: 202, headers: { 'x-from': 'interceptor' } }));
    if (url.hostname === 'broken.example') controller.errorWith(new Error('broken'));
  });
  made.on('response', ({ response }) => seen.push(response.status));
  made.apply();
  return made;
});

await step('a request is answered', () => get('http://mocked.example/a', { method: 'POST', body: 'body' }));
await step('a request fails', async () => (await failure(get('http://broken.example/b'))).message);

await step('requests pass through', async () => {
  const server = await serveHttp();
  const answers = [await get(`${server.origin}/c`, { method: 'PUT', body: 'y'.repeat(200_000) }), await get(`${server.origin}/d`)];
  await server.close();
  return answers.map(({ status, headers, text }) => [status, headers, text.length]);
});

await step('a refused connection is refused', async () => {
  const { code, syscall, address } = await failure(get('http://127.0.0.1:1/'));
  return { code, syscall, address };
});

await step('what was seen', () => seen);
await step('sockets besides', async () => echoed(await besides(), 'hello'));

await step('and without it all is as before', async () => {
  interceptor.dispose();
  const server = await serveHttp();
  const answer = await get(`${server.origin}/after`);
  await server.close();
  return [answer, seen.length];
});
