import net from 'node:net'; import tls from 'node:tls'; import http from 'node:http'; import { once } from 'node:events'; import dns from 'node:dns';
import { Worker } from 'node:worker_threads';
let hits = 0;
const server = net.createServer((s) => { hits++; s.on('error',()=>{}); s.end('x'); }).listen(0, '::'); await once(server, 'listening');
const { port } = server.address();
const out = (n, v) => console.log(n.padEnd(46), v, 'hits', hits);
const t = async (n, f) => { hits = 0; let v; try { v = await f(); } catch (e) { v = `${(e.cause??e).code} ${(e.cause??e).message}`; } await new Promise(r=>setTimeout(r,20)); out(n, v); };
const dial = (s) => new Promise((res, rej) => { s.on('connect', () => { res('CONNECTED'); s.destroy(); }); s.on('error', rej); s.on('close', () => rej(new Error('closed without'))); setTimeout(()=>rej(new Error('timeout')),1500).unref(); });
const L = (...answers) => (h, o, cb) => cb(null, ...answers);
const cases = {
 string6: L('::1', 4), v4as6: L('127.0.0.1', 6), array: L([{address:'127.0.0.1', family: 4}]), stringObj: L(new String('127.0.0.1'), 4), name: L('localhost', 4), loose: L('127.1', 4), num: L(2130706433, 4), nul: L('127.0.0.1\0', 4), space: L('127.0.0.1 ', 4), mapped: L('::ffff:127.0.0.1', 6), zone: L('::1%lo', 6), famstr: L('127.0.0.1','IPv4'), undef: L(undefined, 4), url: L('[::1]', 6), nat: L('64:ff9b::7f00:1', 6),
 getter: (h,o,cb) => { let n=0; cb(null, o.all ? [{ get address() { return n++ ? '127.0.0.1' : '8.8.8.8'; }, family: 4 }] : '127.0.0.1', 4); },
 twice: (h,o,cb) => { cb(null, o.all ? [{address:'127.0.0.1',family:4}] : '127.0.0.1', 4); cb(null, o.all ? [{address:'127.0.0.1',family:4}] : '127.0.0.1', 4); },
 twiceLater: (h,o,cb) => { const a = () => cb(null, o.all ? [{address:'127.0.0.1',family:4}] : '127.0.0.1', 4); a(); setImmediate(a); setTimeout(a, 5); },
 proxyArray: (h,o,cb) => { cb(null, new Proxy([{address:'127.0.0.1',family:4}], {}), 4); },
 reconnect: function (h,o,cb) { cb(null, o.all ? [{address:'127.0.0.1',family:4}] : '127.0.0.1', 4); },
};
for (const asf of [false, true, 'race']) for (const [n, lookup] of Object.entries(cases)) await t(`${asf} ${n}`, () => dial(net.connect({ port, host: 'x.example', lookup, autoSelectFamily: asf })));
for (const [n, lookup] of Object.entries(cases)) await t(`tls ${n}`, () => dial(tls.connect({ port, host: 'x.example', lookup })));
for (const host of ['127.0.0.1','::1','::ffff:127.0.0.1','::ffff:7f00:1','0.0.0.0','::','0','127.1','0x7f.1','2130706433','017700000001','localhost','LOCALHOST','localhost.','127.0.0.1.','::1%lo','::1%1','ip6-localhost', '127.0.0.1%lo', '①②⑦.0.0.1','127。0。0。1','[::1]','']) await t(`host ${JSON.stringify(host)}`, () => dial(net.connect({ port, host })));
for (const p of [String(port), `0x${port.toString(16)}`, `${port}.0`, ` ${port} `, `${port}e0`]) await t(`port ${p}`, () => dial(net.connect({ port: p, host: '127.0.0.1' })));
await t('host getter', () => { let n = 0; return dial(net.connect({ port, get host() { return n++ ? '127.0.0.1' : '8.8.8.8'; } })); });
await t('again after denied', async () => { const s = net.connect(port, '127.0.0.1'); await dial(s).catch(()=>{}); return dial(s.connect(port, '::1')); });
await t('connect during lookup', async () => { const s = new net.Socket(); s.connect({ port, host: 'x', lookup: (h,o,cb) => { s.connect(port, '127.0.0.1'); cb(null, o.all ? [{address:'::1',family:6}] : '::1', 6); } }); return dial(s); });
await t('connect in connectionAttempt', async () => { const s = new net.Socket(); let once1 = true; s.on('connectionAttempt', () => { if (once1) { once1 = false; s.connect(port, '127.0.0.1'); } }); s.connect({ port, host: '8.8.8.8'}); return dial(s); });
await t('connect in attempt multi', async () => { const s = new net.Socket(); let once1 = true; s.on('connectionAttempt', () => { if (once1) { once1 = false; s.connect(port, '127.0.0.1'); } }); s.connect({ port, host: 'x', autoSelectFamily: true, lookup: (h,o,cb) => cb(null, [{address:'8.8.8.8',family:4},{address:'127.0.0.1',family:4}]) }); return dial(s); });
await t('same socket twice', async () => { const s = new net.Socket(); s.connect(port, '8.8.8.8'); s.connect(port, '127.0.0.1'); return dial(s); });
await t('agent createConnection', () => new Promise((res, rej) => { const a = new http.Agent(); http.get({ agent: a, port, host: '127.0.0.1', createConnection: (o) => net.createConnection(o) }, () => res('GOT')).on('error', rej); }));
await t('family 6 mapped', () => dial(net.connect({port, host:'::ffff:127.0.0.1', family: 4})));
await t('localAddress', () => dial(net.connect({port, host:'127.0.0.1', localAddress: '127.0.0.1', localPort: 0})));
await t('handle TCP', async () => { const { TCP, constants } = process.binding('tcp_wrap'); return dial(new net.Socket({ handle: new TCP(constants.SOCKET) }).connect(port, '127.0.0.1')); });
await t('tls over handle', async () => dial(tls.connect({ socket: new net.Socket().connect(port, '127.0.0.1') })));
await t('TLSSocket over unconnected', async () => { const s = new net.Socket(); const x = new tls.TLSSocket(s); const d = dial(x); s.on('error', (e) => x.destroy(e)); s.connect(port, '127.0.0.1'); return d; });
await t('TLSSocket(none).connect', async () => dial(new tls.TLSSocket(undefined, {}).connect(port, '127.0.0.1')));
await t('TLSSocket over unconnected, its connect', async () => { const s = new net.Socket(); const x = new tls.TLSSocket(s); x.connect(port, '127.0.0.1'); return dial(x); });
await t('prototype connect on tls', async () => dial(net.Socket.prototype.connect.call(new tls.TLSSocket(undefined, {}), port, '127.0.0.1')));
await t('socket.connect.call on stdout-like', async () => { const B = Object.getPrototypeOf(tls.TLSSocket); return dial(new B().connect(port, '127.0.0.1')); });
await t('stdin class', async () => { const B = process.stdin.constructor; return B.name + ' ' + await dial(new B({}).connect(port, '127.0.0.1')); });
await t('tty', async () => { const tty = await import('node:tty'); const B = Object.getPrototypeOf(tty.ReadStream); return dial(new B().connect(port, '127.0.0.1')); });
await t('polluted host', async () => { Object.prototype.host = '127.0.0.1'; try { return await dial(net.connect({ port, lookup: L('8.8.8.8', 4), autoSelectFamily: false })); } finally { delete Object.prototype.host; } });
await t('polluted path', async () => { Object.prototype.path = '/tmp/x.sock'; try { return await dial(net.connect({ port, host: '127.0.0.1' })); } finally { delete Object.prototype.path; } });
process.exit();
