import * as builtin from 'node:net';
import { expect, it } from 'vitest';
import * as compat from '../src/index.js';

it('eventNames lists the events in the order of the builtin', () => {
  const names = ({ Socket }: typeof builtin): unknown => {
    const socket = new Socket();
    for (const event of ['timeout', 'readable', 'data', 'connect', 'close', 'error', 'drain', 'own']) socket.on(event, () => {});
    return socket.eventNames();
  };
  expect(names(compat as unknown as typeof builtin)).toEqual(names(builtin));
});
