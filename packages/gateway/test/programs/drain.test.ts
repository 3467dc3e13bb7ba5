import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { echo, failure, gatewayTo, outcome, talking } from '../support/through.js';

const statusOf = async (url: string) => (await fetch(url)).status;

describe('SIGTERM', () => {
  it('lets streams end in their own time, takes nothing new meanwhile, and ends with 0', async () => {
    const port = await echo();
    const { program, url, site } = await gatewayTo(port, '--grace', '1h');
    const socket = await talking(url, port);
    program.signal('SIGTERM');
    expect(await program.event('drain')).toMatchObject({ carriers: 1, streams: 1 });
    expect(await statusOf(new URL('/healthz', site).href)).toBe(503);
    expect(await failure(url, port)).toMatch(/^E/);
    socket.write('still here');
    const [bytes] = (await once(socket, 'data')) as [Buffer];
    expect(String(bytes)).toBe('still here');
    socket.resume().end();
    await once(socket, 'close');
    const { code } = await program.ended;
    expect(code).toBe(0);
    expect(program.lines.at(-1)).toMatchObject({ event: 'end', cut: 0 });
  });

  it('resets what is left when the grace is over, and says how many', async () => {
    const port = await echo();
    const { program, url } = await gatewayTo(port, '--grace', '100ms');
    const socket = await talking(url, port);
    const gone = outcome(socket);
    program.signal('SIGTERM');
    expect(await gone).toBe('ECONNRESET');
    expect(await program.ended).toMatchObject({ code: 0 });
    expect(program.lines.at(-1)).toMatchObject({ event: 'end', cut: 1 });
  });

  it('ends at once without carriers', async () => {
    const { program } = await gatewayTo(await echo(), '--grace', '1h');
    program.signal('SIGINT');
    expect(await program.ended).toMatchObject({ code: 0 });
  });
});

describe('a second signal', () => {
  it.each([['SIGTERM', 143], ['SIGINT', 130]] as const)('%s ends at once, with %i', async (signal, code) => {
    const port = await echo();
    const { program, url } = await gatewayTo(port, '--grace', '1h');
    const socket = await talking(url, port);
    const gone = outcome(socket);
    program.signal('SIGTERM');
    await program.event('drain');
    program.signal(signal);
    expect(await program.ended).toMatchObject({ code });
    expect(await gone).toBe('ECONNRESET');
  });
});
