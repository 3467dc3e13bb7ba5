import type { EventEmitter } from 'node:events';
import type { Server } from 'node:net';
import type { Target } from './medium.js';
import { Stage } from './stage.js';

/**
 * A stage for nets where nothing ever happens: what is waited for counts as having happened, so that a scenario comes to its end, and all that it
 * writes down of itself is seen.
 */
export class ImpatientStage extends Stage {
  #target: Target | null = null;

  override async listen(server: Server): Promise<Server> {
    this.#target = await this.nowhere();
    return server;
  }

  override target<T extends object>(more?: T): Target & T {
    return { ...this.#target!, ...(more as T) };
  }

  override once<A extends unknown[] = unknown[]>(_emitter: EventEmitter, event: string): Promise<A> {
    return Promise.resolve((event === 'connection' ? [new this.net.Socket()] : []) as unknown[] as A);
  }
}
