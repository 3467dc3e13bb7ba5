import { describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { Program } from '../support/program.js';

describe('the program', () => {
  it('shows its version', async () => {
    expect(await new Program(['--version']).ended).toEqual({ code: 0, out: manifest.version, err: '' });
  });

  it('ends with 2, and says why on stderr, where settings cannot be used', async () => {
    const { code, out, err } = await new Program([], { NETSTRATA_GATEWAY_LISTEN: ':8080' }).ended;
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('has no tokens: everybody could use it');
  });

  it('tells at the start how to allow something, where nothing is; and ends with 1 where its port is taken', async () => {
    const first = new Program(['--listen', '127.0.0.1:0']);
    const { url } = await first.event('start');
    expect(await first.event('notice')).toMatchObject({ level: 'warn', msg: expect.stringContaining('--allow db.internal:5432=10.0.0.0/8') as string });
    const { code, err } = await new Program(['--listen', new URL(String(url)).host]).ended;
    expect(code).toBe(1);
    expect(err).toContain('--listen: another program listens there');
  });
});
