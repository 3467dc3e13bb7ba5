import tseslint from 'typescript-eslint';
import { folders, mayLookUp, sources } from './tools/packages/layers.mjs';

const refuse = (message, ...selectors) => selectors.map((selector) => ({ selector, message }));

const LOOKUP = "CallExpression[callee.property.name='getBuiltinModule']";
const REQUIRE = "CallExpression:matches([callee.name='require'], [callee.object.name='require'][callee.property.name='resolve'])";

/** What dependency-cruiser does not see: it knows imports by what they lead to, where `node:events` and `events` are one. */
function named(folder) {
  // Bundles for browsers have the npm package of that name.
  const events = refuse("it is called 'events' here", "Literal[value='node:events']");
  const allowed = mayLookUp(folder);
  if (!allowed) return events;
  const known = allowed.map((name) => `:not([value='${name}'])`).join('');
  return [
    ...refuse('a module whose name is computed cannot be checked', "ImportExpression[source.type!='Literal']", `${REQUIRE} > :first-child:not(Literal, TemplateLiteral[expressions.length=0])`, `${LOOKUP} > :first-child:not(Literal)`),
    ...refuse(`${folder} may look up ${allowed.join(', ') || 'nothing'}`, `${LOOKUP} > Literal:first-child${known}`),
    ...refuse('a lookup names its module on the spot', "MemberExpression[property.name='getBuiltinModule']:not(CallExpression > .callee)", "Property[key.name='getBuiltinModule']"),
    ...refuse(`${folder} runs in browsers, too: it names no module of Node's (tools/packages/layers.json)`, 'Literal[value=/^node:/]'),
  ];
}

const ONLY_REEXPORTS = refuse(
  'an index only re-exports',
  'Program > :not(ImportDeclaration, ExportAllDeclaration, ExportNamedDeclaration, ExportDefaultDeclaration)',
  'Program > ExportNamedDeclaration > .declaration',
  'Program > ExportDefaultDeclaration > :matches(FunctionDeclaration, ClassDeclaration, TSInterfaceDeclaration)',
);
const NO_REEXPORTS = [
  ...refuse('only an index or the source of a public entry re-exports', 'ExportAllDeclaration', 'ExportNamedDeclaration[source]'),
  ...refuse('what is declared here is exported where that is; only an index or the source of a public entry re-exports', 'ExportNamedDeclaration:not([source]) > ExportSpecifier'),
];

/** Later ones take the place of earlier ones. */
const ofPackages = folders.flatMap((folder) => {
  const rules = (files, more) => ({ files, rules: { 'no-restricted-syntax': ['error', ...named(folder), ...more] } });
  return [
    rules([`packages/${folder}/src/**/*.ts`], NO_REEXPORTS),
    rules([...Object.values(sources).filter((file) => file.startsWith(`packages/${folder}/`)), ...['without-bun', 'browser'].map((name) => `packages/${folder}/src/${name}.ts`)], []),
    rules([`packages/${folder}/src/**/index.ts`], ONLY_REEXPORTS),
  ];
});

/** For all that is TypeScript: typescript-eslint strict, with types. `eslint` in any folder finds this file. */
export default tseslint.config(
  { ignores: ['**/dist/', '**/.stryker-tmp/', '**/*.mjs', '**/*.cjs', '**/*.js', '**/tsup.config.ts', '**/vitest.config.ts', '**/*.d.mts', 'tools/bench/', 'tools/packages/programs/', 'tools/types/programs/', 'docs/test/reference/fixture/'] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      // Numbers and optional values in messages are what error texts are made of.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true, allowNullish: true }],
      // Bytes and parsed fields are indexed within bounds that the loop has checked.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // Callbacks and overridable methods keep the documented arity.
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/no-empty-function': 'off',
      // Function constructors are part of the API: callable without `new`.
      '@typescript-eslint/no-this-alias': 'off',
      // Values that come from JavaScript callers are checked even where the types say they cannot occur.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // The forms of a call stand as Node documents them, one by one; a class of methods is merged into its constructor's type.
      '@typescript-eslint/unified-signatures': 'off',
      '@typescript-eslint/no-empty-object-type': ['error', { allowInterfaces: 'with-single-extends' }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  ...ofPackages,
  {
    files: ['packages/net-compat/scenarios/*.test.ts'],
    rules: {
      // Scenarios use what is deprecated, on purpose, and pass what the types forbid.
      '@typescript-eslint/no-deprecated': 'off',
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-base-to-string': 'off',
      '@typescript-eslint/restrict-template-expressions': 'off',
    },
  },
);
