import { besides, echoed, loading } from '../../src/client/loaded.mjs';
import { get, serveHttp } from '../../src/client/get.mjs';
import { failure, step } from '../../src/client/step.mjs';

// It asks for Node 22, for this alone.
Promise.withResolvers ??= () => {
  const all = {};
  all.promise = new Promise((resolve, reject) => Object.assign(all, { resolve, reject }));
  return all;
};

const nock = await loading(async () => (await import('nock')).default);

await step('a request that nobody hears of is answered', async () => {
  const scope = nock('http://nowhere.example').get('/resource').query({ a: 1 }).reply(200, { id: '123ABC' }, { 'x-from': 'nock' });
  const answer = await get('http://nowhere.example/resource?a=1');
  return { answer, done: scope.isDone() };
});

await step('a body is matched', async () => {
  nock('http://nowhere.example').post('/', 'hello').reply(201, 'matched');
  return get('http://nowhere.example/', { method: 'POST', body: 'hello' });
});

await step('an answer to fetch', async () => {
  nock('http://nowhere.example').get('/').reply(200, 'fetched');
  return (await fetch('http://nowhere.example/')).text();
});

await step('an error is what was asked for', async () => {
  nock('http://nowhere.example').get('/').replyWithError(Object.assign(new Error('no luck'), { code: 'ELUCK' }));
  return (await failure(get('http://nowhere.example/'))).message;
});

await step('requests go through where they are allowed to', async () => {
  const server = await serveHttp();
  nock.enableNetConnect('127.0.0.1');
  nock('http://nowhere.example').get('/').reply(200, 'from nock');
  const seen = [await get(`${server.origin}/a`, { method: 'POST', body: 'x'.repeat(100_000) }), await get('http://nowhere.example/'), await get(`${server.origin}/b`)];
  await server.close();
  return seen.map(({ headers, text }) => [headers, text.length]);
});

await step('requests are refused where they are not', async () => {
  nock.disableNetConnect();
  const refused = await failure(get('http://127.0.0.1:1/'));
  nock.enableNetConnect();
  return refused.message;
});

await step('sockets besides', async () => echoed(await besides(), 'hello'));

await step('and without it all is as before', async () => {
  nock.cleanAll();
  nock.restore();
  const server = await serveHttp();
  const answer = await get(`${server.origin}/after`);
  await server.close();
  return answer;
});
