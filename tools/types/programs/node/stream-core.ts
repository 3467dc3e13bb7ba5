// ---- [ours] a Duplex in pipelines
import { pipeline, PassThrough } from 'node:stream';
import { Duplex, duplexPair } from '@netstrata/stream-core';
const [a, b] = duplexPair();
pipeline(a, new PassThrough(), b, () => {});
pipeline(new PassThrough(), new Duplex(), new PassThrough(), () => {});

// ---- [ours] a Duplex that is finished
import { finished } from 'node:stream';
import { finished as done } from 'node:stream/promises';
import { Duplex } from '@netstrata/stream-core';
finished(new Duplex(), () => {});
done(new Duplex()).then(() => {});

// ---- [ours] a Duplex as streams of the web
import { Readable, Writable } from 'node:stream';
import { Duplex } from '@netstrata/stream-core';
Readable.toWeb(new Duplex());
Writable.toWeb(new Duplex());

// ---- [ours] a Duplex as what Node takes
import { createInterface } from 'node:readline';
import { once } from 'node:events';
import { Duplex } from '@netstrata/stream-core';
createInterface({ input: new Duplex() });
once(new Duplex(), 'end');
process.stdin.pipe(new Duplex()).pipe(process.stdout);
const stream: NodeJS.ReadWriteStream = new Duplex();

// ---- [ours] a Duplex under tls
import * as tls from 'node:tls';
import { Duplex } from '@netstrata/stream-core';
tls.connect({ socket: new Duplex() });
