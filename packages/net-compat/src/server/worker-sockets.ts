import type { ServerFace } from '../shared/server-face.js';

/** Counts the connections of a server in every process that has some. Answers once. */
export function countConnections(server: ServerFace, answer: (error: Error | null, count?: number) => void): void {
  // Children that have exited are gone from the list.
  const workers = [...server._workers];
  let left = workers.length;
  let total = server._connections;
  if (left === 0) answer(null, total);
  for (const worker of workers) {
    worker.getConnections((error, count) => {
      if (left < 0) return;
      if (error) {
        left = -1;
        answer(error);
        return;
      }
      total += count;
      if (--left === 0) answer(null, total);
    });
  }
}

/** Connections that were passed to other processes end first: 'close' waits for every process's answer. */
export function closeWorkers(server: ServerFace): void {
  const workers = [...server._workers];
  let left = workers.length;
  if (left === 0) {
    server._emitCloseIfDrained();
    return;
  }
  // Should all others close meanwhile, 'close' still waits.
  server._connections++;
  for (const worker of workers) {
    worker.close(() => {
      if (--left > 0) return;
      server._connections--;
      server._emitCloseIfDrained();
    });
  }
}
