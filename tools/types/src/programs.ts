import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** A program as a user writes it, in which 'net' is the module that is tried and 'node:net' always the builtin. */
export interface Program {
  /** Its file under programs/, and its title there. */
  readonly name: string;
  /** Where it is compiled, without the end of the name: beside its file, so that it finds what is installed there. */
  readonly path: string;
  readonly text: string;
  /** Whether it needs the types of Node. */
  readonly needsNode: boolean;
  /** The major of @types/node that it is for, and those after. */
  readonly since: number;
  /** Lines, from 1, in which the compiler must find an error. It must find none where there are none. */
  readonly errors: readonly number[];
  /** Only net-compat refuses it, or has what it uses: it is not tried on the builtin. */
  readonly oursAlone: boolean;
  /** CommonJS by what it says. */
  readonly isCommonJs: boolean;
}

const root = new URL('../programs/', import.meta.url);
/** `// ---- title`, or `// ---- [since 24] [ours] title`. */
const HEAD = /^\/\/ ---- ((?:\[[^\]]+\] )*)(.+)\n/gm;

/** All of a folder: `everywhere` needs nothing but the module itself, `node` the types of Node, `ecosystem` packages besides. */
function programsOf(folder: string): Program[] {
  return readdirSync(new URL(folder, root)).flatMap((file) => {
    const text = readFileSync(new URL(`${folder}/${file}`, root), 'utf8');
    const heads = [...text.matchAll(HEAD)];
    return heads.map(({ 0: head, 1: tags, 2: title, index }, i): Program => {
      const body = text.slice(index + head.length, heads[i + 1]?.index);
      return {
        name: `${folder}/${file.replace('.ts', '')}: ${title}`,
        path: new URL(`${folder}/${file.replace('.ts', '')}-${i + 1}`, root).pathname,
        text: body,
        needsNode: folder !== 'everywhere',
        since: Number(/\[since (\d+)\]/.exec(tags)?.[1] ?? 0),
        errors: body.split('\n').flatMap((line, at) => (line.endsWith('// error') ? [at + 1] : [])),
        oursAlone: tags.includes('[ours]'),
        isCommonJs: /^import \w+ = require/m.test(body),
      };
    });
  });
}

/** What the newest types of Node declare of 'node:net'. */
const declared = readFileSync(createRequire(import.meta.url).resolve('types-node-26/net.d.ts'), 'utf8');
const namesOf = (kinds: string): string[] => [...new Set([...declared.matchAll(new RegExp(`^    (?:${kinds}) (\\w+)`, 'gm'))].map(([, name]) => name))];

/** Every name of it, as what it is: in a namespace, in the default, by itself. */
function usesOfNames(): Program[] {
  const types = namesOf('class|interface|type');
  const values = namesOf('class|function|const');
  const all = (prefix: string): string => `export type All = [${[...types.map((name) => prefix + name), ...values.map((name) => `typeof ${prefix}${name}`)].join(', ')}];\n`;
  const imports = [...values, ...types.filter((name) => !values.includes(name)).map((name) => `type ${name}`)].join(', ');
  const texts = {
    'in a namespace': `import * as net from 'net';\n${all('net.')}`,
    'in the default': `import net from 'net';\n${all('net.')}`,
    'by itself': `import { ${imports} } from 'net';\n${all('')}`,
    'in what is required': `import net = require('net');\n${all('net.')}`,
  };
  return Object.entries(texts).map(([title, text], i) => ({
    name: `every name: ${title}`, path: new URL(`everywhere/every-name-${i + 1}`, root).pathname, text,
    needsNode: false, since: 26, errors: [], oursAlone: false, isCommonJs: title.includes('required'),
  }));
}

export const programs: readonly Program[] = [...readdirSync(root).flatMap(programsOf), ...usesOfNames()];
