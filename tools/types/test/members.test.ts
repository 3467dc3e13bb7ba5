import builtin from 'node:net';
import { createRequire } from 'node:module';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import * as net from '@netstrata/net-compat';

const require = createRequire(import.meta.url);
const major = process.versions.node.split('.')[0];

/** The members that the types of this Node declare for a class of 'node:net'. */
function declaredOf(name: 'Socket' | 'Server' | 'BlockList' | 'SocketAddress'): string[] {
  const file = require.resolve(`types-node-${major}/index.d.ts`);
  const program = ts.createProgram([file], { types: [], target: ts.ScriptTarget.ES2022 });
  const checker = program.getTypeChecker();
  const module = checker.getAmbientModules().find((one) => one.name === '"node:net"')!;
  const found = checker.getExportsOfModule(module).find((one) => one.name === name)!;
  return checker.getPropertiesOfType(checker.getDeclaredTypeOfSymbol(found)).map((one) => one.name).filter((one) => !one.startsWith('__@'));
}

const made = {
  Socket: [new net.Socket(), new builtin.Socket()],
  Server: [new net.Server(), new builtin.Server()],
  BlockList: [new net.BlockList(), new builtin.BlockList()],
  SocketAddress: [new net.SocketAddress({}), new builtin.SocketAddress({})],
} as const;

/** The types of ours are those of Node where they are installed: what they say has to be there. */
describe('what is declared for a class of the builtin is there, as it is there', () => {
  it.each(['Socket', 'Server', 'BlockList', 'SocketAddress'] as const)('%s', (name) => {
    const members = declaredOf(name);
    expect(members.length).toBeGreaterThan(3);
    const [ours, theirs] = made[name] as readonly [object, object];
    // Ours may have what this Node does not have yet.
    expect(members.filter((member) => member in theirs && !(member in ours))).toEqual([]);
  });
});
