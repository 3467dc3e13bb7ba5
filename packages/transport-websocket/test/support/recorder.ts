import type { ConnectSink } from '@netstrata/transport';

/** A sink that writes down what it is told, and can be waited for. */
export class Recorder implements ConnectSink {
  readonly events: string[] = [];
  readonly chunks: Uint8Array[] = [];
  error: (Error & { code?: string; syscall?: string; status?: number; address?: string; port?: number }) | null = null;
  #waiting: (() => void)[] = [];

  get received(): number {
    return this.chunks.reduce((sum, { length }) => sum + length, 0);
  }

  get text(): string {
    return Buffer.concat(this.chunks).toString();
  }

  #told(event: string): void {
    this.events.push(event);
    for (const look of this.#waiting.splice(0)) look();
  }

  async until(holds: () => boolean): Promise<void> {
    while (!holds()) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** Until that was told, or nothing more will be. */
  event(name: string): Promise<void> {
    return this.until(() => this.events.includes(name) || this.events.includes('close'));
  }

  onConnect(): void { this.#told('connect'); }
  onData(chunk: Uint8Array): void {
    this.chunks.push(chunk);
    this.#told('data');
  }
  onEnd(): void { this.#told('end'); }
  onWriteDone(): void { this.#told('writeDone'); }
  onShutdownDone(): void { this.#told('shutdownDone'); }
  onClose(error: Error | null): void {
    this.error = error;
    this.#told('close');
  }
}
