import { createRequire } from 'node:module';

// Each package asked in its own way, most of them without types. Answers are `public`, `special`, or `refused` for what it takes for no
// address; of netmask, which does not judge, the address that it reads.

type Ask = (text: string) => string | Promise<string>;

interface Ip {
  isPublic(text: string): boolean;
}
interface Address {
  getType?(): string;
  isGlobal?(): boolean;
  isPrivate(): boolean;
  isLoopback(): boolean;
}
interface IpAddress {
  readonly Address4: new (text: string) => Address;
  readonly Address6: new (text: string) => Address;
}
interface IpaddrJs {
  process(text: string): { range(): string };
}
interface Netmask {
  readonly Netmask: new (text: string) => { readonly base: string };
}
type Judge<Answer> = (text: string) => Answer;

const require = createRequire(import.meta.url);
const verdict = (isPublic: boolean): string => (isPublic ? 'public' : 'special');

const ip = (library: Ip): Ask => (text) => verdict(library.isPublic(text));

const ipAddress = ({ Address4, Address6 }: IpAddress): Ask => (text) => {
  const address = text.includes(':') ? new Address6(text) : new Address4(text);
  if (address.isGlobal !== undefined) return verdict(address.isGlobal());
  return verdict(text.includes(':') ? address.getType!() === 'Global unicast' : !address.isPrivate() && !address.isLoopback());
};

const ipaddrJs = (library: IpaddrJs): Ask => (text) => verdict(library.process(text).range() === 'unicast');

const netmask = ({ Netmask: Class }: Netmask): Ask => (text) => new Class(text).base;

const privateIp = (judge: Judge<boolean | undefined>): Ask => (text) => {
  const answer = judge(text);
  return answer === undefined ? 'refused' : verdict(!answer);
};

const isLocalhostIp = (judge: Judge<Promise<boolean>>): Ask => async (text) => verdict(!(await judge(text)));

/** Every version of a package, the newest last. */
const packages = {
  ip: [ip(require('ip-1.1.8') as Ip), ip(require('ip') as Ip)],
  'ip-address': [ipAddress(require('ip-address-10.2.0') as IpAddress), ipAddress(require('ip-address') as IpAddress)],
  'ipaddr.js': [ipaddrJs(require('ipaddr.js-2.4.0') as IpaddrJs), ipaddrJs(require('ipaddr.js') as IpaddrJs)],
  netmask: [
    netmask(require('netmask-1.0.6') as Netmask),
    netmask(require('netmask-2.0.0') as Netmask),
    netmask(require('netmask') as Netmask),
  ],
  'private-ip': [
    privateIp(require('private-ip-1.0.5') as Judge<boolean>),
    privateIp(require('private-ip-2.1.1') as Judge<boolean>),
    privateIp((await import('private-ip')).default),
  ],
  'is-localhost-ip': [
    isLocalhostIp(require('is-localhost-ip-2.0.0') as Judge<Promise<boolean>>),
    isLocalhostIp(require('is-localhost-ip') as Judge<Promise<boolean>>),
  ],
};
export type Name = keyof typeof packages;

async function ask(one: Ask, text: string): Promise<string> {
  try {
    return await one(text);
  } catch {
    return 'refused';
  }
}

/** What the versions of a package say of a text, from the oldest to the newest: `public → special`, or one word if all say the same. */
export async function answers(name: Name, text: string): Promise<string> {
  const all: string[] = [];
  for (const one of packages[name]) all.push(await ask(one, text));
  return new Set(all).size === 1 ? all[0] : all.join(' → ');
}
