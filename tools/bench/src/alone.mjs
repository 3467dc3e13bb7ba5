// Work without a connection, in a process of its own: node alone.mjs MODULE NAME SECONDS.
const [moduleName, , seconds] = process.argv.slice(2);

const inputs = [
  '127.0.0.1', '192.168.100.200', '8.8.8.8', '255.255.255.255', '::1', '2001:db8::8a2e:370:7334', 'fe80::1%eth0', '::ffff:1.2.3.4',
  '1:2:3:4:5:6:7:8', 'example.com', 'localhost', '', '256.1.1.1', '1.2.3', '01.2.3.4', ':::', '1::2::3', 'db.internal.example.org', '12345', 'fe80::1%',
];
const { isIP } = moduleName === 'node:net' ? (await import('node:net')).default : await import('@netstrata/ip-utils');

let sum = 0;
const round = () => { for (let i = 0; i < 10_000; i++) for (const input of inputs) sum += isIP(input); };
for (let i = 0; i < 5; i++) round();
const start = process.hrtime.bigint();
let calls = 0;
let nanos = 0;
while (nanos < Number(seconds) * 1e9) {
  round();
  calls += 10_000 * inputs.length;
  nanos = Number(process.hrtime.bigint() - start);
}
process.send({ cpuMicros: nanos / 1000, done: calls, seconds: nanos / 1e9, sum });
