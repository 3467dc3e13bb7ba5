import net from '@netstrata/net-compat';
import { afterEach, describe, expect, it } from 'vitest';
import { installGlobals, simulate } from '../src/index.js';

let uninstall = (): void => {};
afterEach(() => { uninstall(); });

describe('the default net in a world', () => {
  it("is the host's in a host, and in none of them refuses: it would be the real network", async () => {
    const world = simulate();
    const host = world.host('host');
    await world.run(async () => {
      const server = host.run(() => net.createServer().listen(80));
      await new Promise((resolve) => server.once('listening', resolve));
      expect(host.host.open.listeners).toHaveLength(1);
      expect(() => net.connect(80, 'host')).toThrow(expect.objectContaining({ code: 'ERR_SIMULATION_NO_HOST' }));
      expect(() => net.createServer()).toThrow(expect.objectContaining({ code: 'ERR_SIMULATION_NO_HOST' }));
    });
  });

  it("is the runtime's in a function that is given to `outside`, and so are timers", async () => {
    uninstall = installGlobals();
    const world = simulate();
    const host = world.host('host');
    await host.run(() => world.run(async () => {
      const port = await world.outside(async () => {
        const server = net.createServer().listen(0, '127.0.0.1');
        await new Promise((resolve) => server.once('listening', resolve));
        // A timer of the runtime's fires; one of the world's never would, for its time stands still meanwhile.
        await new Promise((resolve) => setTimeout(resolve, 1));
        const address = server.address() as { readonly port: number };
        server.close();
        return address.port;
      });
      expect(port).toBeGreaterThan(0);
      expect(world.now).toBe(0);
      expect(host.host.open.listeners).toHaveLength(0);
    }));
  });
});
