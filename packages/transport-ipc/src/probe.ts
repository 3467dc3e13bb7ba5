import type { HandleDriver } from '@netstrata/handles';

const deaf = { onData() {}, onEnd() {}, onWriteDone() {}, onShutdownDone() {} };

/**
 * Connects to a path, and closes at once: `answer` gets null if somebody listens there, and otherwise what the system says. ECONNREFUSED
 * means that there is a socket file and nobody behind it; a backlog that is full (EAGAIN) is somebody's.
 */
export function probe(handles: HandleDriver, path: string, answer: (error: NodeJS.ErrnoException | null) => void): void {
  let isAnswered = false;
  const once = (error: NodeJS.ErrnoException | null): void => {
    if (isAnswered) return;
    isAnswered = true;
    answer(error?.code === 'EAGAIN' ? null : error);
  };
  const connection = handles.connect({ path }, {
    ...deaf,
    onConnect() {
      connection.close();
      once(null);
    },
    onClose: once,
  });
}
