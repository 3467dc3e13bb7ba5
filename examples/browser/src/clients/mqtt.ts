import mqtt from 'mqtt';
import type { Access } from './access.js';

/** Some work: a message of each quality of service to oneself, and a retained one. */
export async function work({ host, port }: Access['mosquitto']): Promise<unknown> {
  const client = await mqtt.connectAsync(`mqtt://${host}:${port}`, { reconnectPeriod: 0 });
  try {
    const heard: string[] = [];
    const all = new Promise<void>((resolve) => {
      client.on('message', (topic, payload, { qos }) => {
        if (heard.push(`${topic} ${payload.toString()} ${qos}`) === 3) resolve();
      });
    });
    await client.subscribeAsync('page/#', { qos: 2 });
    for (const qos of [0, 1, 2] as const) await client.publishAsync(`page/${qos}`, `höllo ${qos}`, { qos });
    await all;
    return heard.sort();
  } finally {
    await client.endAsync();
  }
}
