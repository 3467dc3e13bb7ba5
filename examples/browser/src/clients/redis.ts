import { Redis } from 'ioredis';
import type { Access } from './access.js';

/** Some work: commands in a pipeline, a transaction, a script, bytes, publish and subscribe. */
export async function work({ host, port, password }: Access['redis']): Promise<unknown> {
  const options = { host, port, password, retryStrategy: () => null };
  const redis = new Redis(options);
  const subscriber = new Redis(options);
  try {
    const pipeline = await redis.pipeline().set('page:key', 'wörld').get('page:key').incrby('page:n', 5).del('page:key', 'page:n').exec();
    const transaction = await redis.multi().set('page:a', 1).incr('page:a').del('page:a').exec();
    const script = await redis.eval('return {KEYS[1], ARGV[1]}', 1, 'counter', 'argument');
    await redis.set('page:bytes', Buffer.from([0, 255, 128, 10]));
    const bytes = [...await redis.getBuffer('page:bytes') ?? []];
    const heard = new Promise((resolve) => subscriber.on('message', (channel, text) => { resolve(`${channel}: ${text}`); }));
    await subscriber.subscribe('page:news');
    await redis.publish('page:news', 'hello');
    return { pipeline, transaction, script, bytes, heard: await heard };
  } finally {
    redis.disconnect();
    subscriber.disconnect();
  }
}

const visitors = new Map<number, Redis>();

/** Counts visits, on a connection that stays. ioredis connects again when it is lost. */
export function visit({ host, port, password }: Access['redis']): Promise<number> {
  let redis = visitors.get(port);
  if (!redis) {
    redis = new Redis({ host, port, password, maxRetriesPerRequest: 3 });
    redis.on('error', () => {});
    visitors.set(port, redis);
  }
  return redis.incr('page:visits');
}
