import { writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { issueToken } from '../../src/tokens/index.js';
import { file } from '../support/files.js';
import { admits, start } from '../support/start.js';
import { contents, pair } from '../tokens/support.js';

it('keys of tokens are read again: a new one holds, the old one does not; a bad file changes nothing', async () => {
  const [old, next] = [await pair(), await pair()];
  const path = file(old.publicJwk);
  const { service, gateway, lines } = await start({ tokenKeyFile: [path] });
  const asks = (token: string) => admits(gateway, token);
  const [first, second] = [await issueToken(old.own, contents), await issueToken(next.own, contents)];
  expect([await asks(first), await asks(second)]).toEqual([expect.objectContaining({ sub: 'alice' }), null]);
  writeFileSync(path, 'nothing');
  service.reload();
  expect(lines.at(-1)).toMatchObject({ level: 'error', event: 'reload' });
  expect(await asks(first)).toMatchObject({ sub: 'alice' });
  writeFileSync(path, next.publicJwk);
  service.reload();
  expect([await asks(first), await asks(second)]).toEqual([null, expect.objectContaining({ sub: 'alice' })]);
});

it('why a token is refused is in the log and in the metrics, and the token is not', async () => {
  const { own, publicJwk } = await pair();
  const { gateway, lines, metrics } = await start({ tokenKeyFile: [file(publicJwk)], metricsListen: '127.0.0.1:0', tokenAudience: 'gateway' });
  const token = await issueToken(own, contents);
  await admits(gateway, token);
  expect(lines.at(-1)).toMatchObject({ event: 'token refused', reason: 'audience' });
  expect(JSON.stringify(lines)).not.toContain(token.slice(0, 20));
  expect(await (await fetch(metrics)).text()).toContain('netstrata_gateway_tokens_refused_total{reason="audience"} 1');
});
