import { explore } from '@netstrata/simulation';
import { bank, deposit } from './bank.cjs';

/** Whatever happens, what was paid in is in the account, once. */
async function paysOnce(world) {
  const account = { balance: 0 };
  world.host('bank', { boot: (host) => bank(host.net, account).on('error', () => {}).listen(80) });
  const client = world.host('client');
  const paid = await deposit(client.net, { host: 'bank', port: 80 }, 10).then(() => true, () => false);
  if (paid && account.balance !== 10) throw new Error(`the balance is ${account.balance}`);
}

/** That does not hold, and `explore` finds a case. */
export const exploration = () => explore(paysOnce, { runs: 500, faults: { most: 10 } });
