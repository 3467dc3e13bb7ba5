import { besides, echoed, loading } from '../../src/client/loaded.mjs';
import { get, serveHttp } from '../../src/client/get.mjs';
import { step } from '../../src/client/step.mjs';

const { server, http, HttpResponse, passthrough } = await loading(async () => {
  const msw = await import('msw');
  const { setupServer } = await import('msw/node');
  const made = setupServer(
    msw.http.get('https://api.example.com/user', () => msw.HttpResponse.json({ firstName: 'John', lastName: 'Maverick' })),
    msw.http.get('http://api.example.com/user', () => msw.HttpResponse.json({ firstName: 'John' })),
    msw.http.post('http://api.example.com/echo', async ({ request }) => new msw.HttpResponse(await request.text(), { status: 201 })),
  );
  made.listen({ onUnhandledRequest: 'bypass' });
  return { ...msw, server: made };
});

await step('fetch is answered', async () => (await fetch('https://api.example.com/user')).json());
await step('a request of http is answered', () => get('http://api.example.com/user'));
await step('a body', () => get('http://api.example.com/echo', { method: 'POST', body: 'one'.repeat(10_000) }));

await step('another answer for a while', async () => {
  server.use(http.get('http://api.example.com/user', () => new HttpResponse(null, { status: 500 })));
  const during = (await get('http://api.example.com/user')).status;
  server.resetHandlers();
  return [during, (await get('http://api.example.com/user')).status];
});

await step('what nobody handles goes through', async () => {
  const real = await serveHttp();
  server.use(http.get(`${real.origin}/through`, () => passthrough()));
  const answers = [await get(`${real.origin}/through`), await get(`${real.origin}/other`, { method: 'POST', body: 'z' })];
  await real.close();
  return answers;
});

await step('sockets besides', async () => echoed(await besides(), 'hello'));

await step('and without it all is as before', async () => {
  server.close();
  const real = await serveHttp();
  const answer = await get(`${real.origin}/after`);
  await real.close();
  return answer;
});
