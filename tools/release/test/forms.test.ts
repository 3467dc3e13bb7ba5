import { describe, expect, it } from 'vitest';
import { packagesOf, programsOf, required } from '../src/programs/forms.js';

describe('an example that imports', () => {
  it('requires what it imports', () => {
    const code = "import net from '@netstrata/net-compat'; // the net\nimport { a, b as c } from 'x';\nimport * as all from 'y';\nimport 'z';\n\nnet.connect(a, c, all);\n";
    expect(required(code)).toBe("const net = require('@netstrata/net-compat');\nconst { a, b: c } = require('x');\nconst all = require('y');\nrequire('z');\nnet.connect(a, c, all);\n");
  });

  it('stands in an async function where it awaits at the top', () => {
    expect(required("import { a } from 'x';\n\nconst b = await a();\n")).toContain('(async () => {\nconst b = await a();\n})();');
    expect(required("import { a } from 'x';\n\nfor await (const b of a) use(b);\n")).toContain('(async () => {');
    expect(required("import { a } from 'x';\n\na(async () => {\n  await b;\n});\n")).not.toContain('})();');
  });

  it.each(["import a, { b } from 'x';", "import a from 'x'"])('is refused where it cannot be translated: %j', (code) => {
    expect(() => required(`${code}\na();\n`)).toThrow('an import');
  });
});

it('an example that requires is one program, one that imports is two', () => {
  expect(programsOf({ code: "require('x');\n" }).map(({ form }) => form)).toEqual(['require']);
  expect(programsOf({ code: "import 'x';\n" }).map(({ form }) => form)).toEqual(['import', 'require']);
});

it('the packages of an example are those of its imports, whichever entry', () => {
  expect(packagesOf("import { a } from '@netstrata/ip-utils/cidr';\nimport b from '@netstrata/ip-utils';\nconst c = require('@netstrata/handles');\nimport 'node:fs';")).toEqual(['@netstrata/ip-utils', '@netstrata/handles']);
});
