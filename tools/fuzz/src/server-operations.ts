import fc from 'fast-check';
import type { Step } from './program.js';
import { LOWEST_LIMIT } from './newer.js';
import { serverState } from './snapshot.js';
import type { World } from './world.js';

/** The operations on a server. */
export const serverStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Step>({ who: 'server', what: 'close' }) },
  { weight: 2, arbitrary: fc.constant<Step>({ who: 'server', what: 'getConnections' }) },
  { weight: 2, arbitrary: fc.constantFrom(0, 1, 2).map((count): Step => ({ who: 'server', what: 'maxConnections', with: [count] })) },
  { weight: 1, arbitrary: fc.constant<Step>({ who: 'server', what: 'listen' }) },
  { weight: 1, arbitrary: fc.constant<Step>({ who: 'server', what: 'refs' }) },
);

export function serverAct(world: World, { what, with: args = [] }: Step): void {
  const { server } = world;
  const callback = (...values: unknown[]): void => {
    world.add('server', `callback ${what}`, values);
  };
  try {
    if (what === 'close') server.close(callback);
    else if (what === 'getConnections') server.getConnections(callback);
    else if (what === 'maxConnections') server.maxConnections = Math.max(args[0] as number, LOWEST_LIMIT);
    else if (what === 'refs') server.unref().ref();
    else if (server.listening) server.listen();
    world.add('server', what, [], ` | ${serverState(server)}`);
  } catch (error) {
    world.add('server', `${what} throws`, [error]);
  }
}
