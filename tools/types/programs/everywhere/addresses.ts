// ---- isIP
import { isIP, isIPv4, isIPv6 } from 'net';
const version: number = isIP('::1');
const is: boolean = isIPv4('1') || isIPv6('1');

// ---- a list of rules
import { BlockList } from 'net';
const list = new BlockList();
list.addAddress('1.2.3.4');
list.addAddress('::1', 'ipv6');
list.addRange('1.2.3.4', '1.2.3.9');
list.addRange('::1', '::9', 'ipv6');
list.addSubnet('10.0.0.0', 8);
list.addSubnet('fc00::', 7, 'ipv6');
const hit: boolean = list.check('1.2.3.4') || list.check('::1', 'ipv6');
const rules: readonly string[] = list.rules;

// ---- a list of rules over addresses
import * as net from 'net';
const list: net.BlockList = new net.BlockList();
const address = new net.SocketAddress({ address: '1.2.3.4', port: 80 });
list.addAddress(address);
list.addRange(address, address);
list.addSubnet(address, 8);
list.check(address);

// ---- an address
import * as net from 'net';
const address: net.SocketAddress = new net.SocketAddress({ address: '::1', family: 'ipv6', port: 1, flowlabel: 2 });
const text: string = address.address;
const numbers: number[] = [address.port, address.flowlabel];
const family: 'ipv4' | 'ipv6' = address.family;

// ---- [since 22] an address of text
import * as net from 'net';
const port: number | undefined = net.SocketAddress.parse('1.2.3.4:80')?.port;
const is: boolean = net.BlockList.isBlockList(1);

// ---- [since 24] a list as JSON
import * as net from 'net';
const list = new net.BlockList();
list.fromJSON(list.toJSON());
list.fromJSON(JSON.stringify(list.toJSON()));

// ---- allowed or not
import { BlockList, createServer, isIPv6 } from 'net';
const denied = new BlockList();
createServer((socket) => {
  const { remoteAddress = '' } = socket;
  if (denied.check(remoteAddress, isIPv6(remoteAddress) ? 'ipv6' : 'ipv4')) socket.destroy();
});
