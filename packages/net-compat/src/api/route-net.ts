import { chooseNet } from '../shared/routing.js';
import { contexts, type Net } from './net.js';

/**
 * Lets sockets and servers of the default net, which under `register` is what `node:net` gives, belong to another one: to the net that
 * `choose`
 * answers when one is made, if it answers any. Call what it returns to end that. There is one such choice in a process; the last one holds.
 *
 * With an AsyncLocalStorage behind it, parts of a program get their own nets without being changed.
 */
export function routeNet(choose: () => Net | null | undefined): () => void {
  return chooseNet(() => {
    const net = choose();
    return net == null ? undefined : contexts.get(net);
  });
}
