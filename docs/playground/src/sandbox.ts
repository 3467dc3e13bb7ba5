import { heard } from './heard.js';
import type { Report, Task } from './protocol.js';

/**
 * What holds for programs of the playground, which may come from a link that a stranger has made:
 * - They run in a worker of a frame whose origin is opaque (`sandbox` without `allow-same-origin`). So they have no cookies and no storage of
 *   this site, no document, and no way to this page but one message port.
 * - The policy of the frame, which the worker inherits, allows no request at all: nothing can be loaded from anywhere, and nothing sent.
 * - Removing the frame ends the worker, whatever it does.
 * - What comes through the port is checked, and only so much of it is taken.
 * They can still use the processor and the memory of this tab until they are ended.
 */
const POLICY = "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval' blob:; worker-src blob:";

/** The source of the worker comes as text: a frame of an opaque origin may not load it from a server that does not allow that to all. */
const FRAME = `<!doctype html><meta http-equiv="content-security-policy" content="${POLICY}"><title>Programs run here</title><script>
addEventListener('message', ({ data: { source, task }, ports }) => {
  const worker = new Worker(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })));
  worker.postMessage(task, ports);
  addEventListener('message', (event) => worker.postMessage(event.data.task));
}, { once: true });
</script>`;

/** Characters that may come for one task, and for how many a report counts besides: more takes the page's time. */
const [MOST, EACH] = [4_000_000, 100];
/** Milliseconds between two looks at what has come: the page is drawn once for all of it. */
const OFTEN = 30;

/** A worker that can do nothing to the site. Owns its frame. */
export class Sandbox {
  readonly #frame = document.createElement('iframe');
  readonly #loaded: Promise<void>;
  readonly #channel = new MessageChannel();
  readonly #onReport: (report: Report) => void;
  readonly #waiting: string[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #left = MOST;

  /** The last report is `over`, unless `end` is called before. */
  constructor(onReport: (report: Report) => void) {
    this.#onReport = onReport;
    const frame = this.#frame;
    frame.style.display = 'none';
    frame.title = 'Programs of the playground run here';
    frame.setAttribute('sandbox', 'allow-scripts');
    frame.srcdoc = FRAME;
    this.#loaded = new Promise((resolve) => { frame.addEventListener('load', () => { resolve(); }, { once: true }); });
    this.#channel.port1.onmessage = ({ data }) => { this.#take(data); };
    document.body.append(frame);
  }

  /** Starts the worker with its first task. */
  async start(source: string, task: Task): Promise<void> {
    await this.#loaded;
    this.#frame.contentWindow?.postMessage({ source, task }, '*', [this.#channel.port2]);
  }

  /** Gives a worker that runs another task. */
  give(task: Task): void {
    this.#left = MOST;
    this.#frame.contentWindow?.postMessage({ task }, '*');
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#waiting.length = 0;
    this.#channel.port1.onmessage = null;
    this.#channel.port1.close();
    this.#frame.remove();
  }

  #take(data: unknown): void {
    this.#left -= typeof data === 'string' ? EACH + data.length : MOST;
    if (this.#left >= 0) {
      this.#waiting.push(data as string);
      this.#timer ??= setTimeout(() => { this.#tell(); }, OFTEN);
      return;
    }
    this.#tell();
    this.end();
    this.#onReport({ type: 'over', text: 'Stopped: it has said more than this page can show.' });
  }

  #tell(): void {
    this.#timer = undefined;
    for (let json = this.#waiting.shift(); json !== undefined; json = this.#waiting.shift()) {
      const report = heard(json);
      if (report !== null) this.#onReport(report);
    }
  }
}
