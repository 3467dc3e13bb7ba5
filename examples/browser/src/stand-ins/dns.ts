// Names are resolved where the tunnel ends: here a name is its own address. `nodemailer` asks before it connects.
type Callback = (error: Error | null, address: string | { address: string; family: number }[], family?: number) => void;

export function lookup(host: string, options: { all?: boolean } | Callback, callback?: Callback): void {
  const [{ all = false }, done] = typeof options === 'function' ? [{}, options] : [options, callback!];
  queueMicrotask(() => {
    if (all) done(null, [{ address: host, family: 4 }]);
    else done(null, host, 4);
  });
}

function none(_host: string, callback: (error: Error) => void): void {
  queueMicrotask(() => { callback(Object.assign(new Error('there is no DNS in a page'), { code: 'ENOTFOUND' })); });
}
export const resolve4 = none;
export const resolve6 = none;
export const resolveSrv = none;
export const NOTFOUND = 'ENOTFOUND';
export default { lookup, resolve4, resolve6, resolveSrv, NOTFOUND };
