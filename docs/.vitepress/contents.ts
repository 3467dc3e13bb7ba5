import type { DefaultTheme } from 'vitepress';
import { documents, placeOf, titleOf } from './pages.js';
import { referenceItems } from './reference/sidebar.js';

interface Part {
  readonly title: string;
  readonly folder: string;
  readonly files: readonly string[];
}

const inDocs = (folder: string, names: readonly string[]): string[] => names.map((name) => `docs/${folder}/${name}.md`);

/** All documents whose path is such a one, by path. */
const all = (pattern: RegExp): string[] => documents().filter((file) => pattern.test(file)).sort();

/** In the order in which readers look for them; one that is not named comes last. */
const PACKAGES = [
  'net-compat', 'ip-utils', 'simulation', 'gateway', 'stream-core', 'transport', 'handles', 'transport-tcp', 'transport-ipc', 'transport-memory',
  'transport-guard', 'transport-socks', 'transport-proxy-protocol', 'transport-mux', 'transport-websocket',
];

/** The parts of the site, in the order in which a reader finds them. A document is named by its file; its title is its first heading. */
export const PARTS: readonly Part[] = [
  {
    title: 'Start',
    folder: 'start',
    files: inDocs('start', ['addresses', 'in-place-of-node-net', 'over-another-transport', 'against-a-bad-network', 'contribute']),
  },
  { title: 'Playground', folder: 'playground', files: ['docs/playground/index.md'] },
  {
    title: 'Guides',
    folder: 'guides',
    files: inDocs('guides', [
      'connections', 'graceful-ends', 'lines-and-frames', 'judge-addresses', 'networks-and-clients', 'without-changing-a-program', 'tls',
      'ssrf', 'proxies', 'a-socks-server', 'load-balancers', 'put-a-database-in-a-page', 'run-the-gateway', 'behind-nat', 'many-over-one',
      'tests-in-memory', 'simulation', 'other-runtimes', 'writing-a-transport',
    ]),
  },
  {
    title: 'Packages',
    folder: 'packages',
    files: [...new Set([...PACKAGES.map((name) => `packages/${name}/README.md`), ...all(/^packages\/.*README\.md$/)])],
  },
  {
    title: 'Coming from',
    folder: 'coming-from',
    files: inDocs('coming-from', [
      'node-net', 'ipaddr-js', 'socks', 'mitm', 'stoppable-and-http-terminator', 'react-native-tcp-socket', 'beside-other-packages',
    ]),
  },
  {
    title: 'Compatibility',
    folder: 'compatibility',
    files: [...inDocs('compatibility', ['index', 'conformance', 'safe-to-depend-on']), 'SECURITY.md'],
  },
  { title: 'Performance', folder: 'performance', files: ['docs/performance/index.md'] },
  {
    title: 'How it works',
    folder: 'how-it-works',
    files: [
      'ARCHITECTURE.md', 'docs/how-it-works/contract.md', 'docs/how-it-works/testing.md', 'docs/how-it-works/playground.md', 'CONTRIBUTING.md',
    ],
  },
  {
    title: 'Decisions',
    folder: 'how-it-works/decisions',
    files: all(/^docs\/how-it-works\/decisions\//).sort((a, b) => Number(b.endsWith('README.md')) - Number(a.endsWith('README.md'))),
  },
  { title: 'Examples', folder: 'examples', files: all(/^examples\//) },
  { title: 'Tools', folder: 'tools', files: all(/^tools\//) },
  { title: 'Changes', folder: 'packages/.*/changelog', files: all(/CHANGELOG\.md$/) },
].filter(({ files }) => files.length > 0);

export function linkOf(file: string): string {
  const place = placeOf(file);
  if (!place) throw new Error(`${file} has no place in the site`);
  return `/${place.replace(/(?:index)?\.md$/, '')}`;
}

const partOf = (name: string): Part => {
  const part = PARTS.find(({ title }) => title === name);
  if (!part) throw new Error(`there is no part ${name}`);
  return part;
};

/** What stands beside a page: the parts that a reader of its folder may want. */
const SIDES: readonly { readonly folders: readonly string[]; readonly parts: readonly string[] }[] = [
  { folders: ['start', 'guides'], parts: ['Start', 'Guides'] },
  { folders: ['packages'], parts: ['Packages', 'Changes'] },
  { folders: ['coming-from', 'compatibility', 'performance'], parts: ['Coming from', 'Compatibility', 'Performance'] },
  { folders: ['how-it-works'], parts: ['How it works', 'Decisions'] },
  { folders: ['examples', 'tools', 'source'], parts: ['Examples', 'Tools'] },
];

/** A title does not say again which part it is of. */
const group = ({ title, files }: Part): DefaultTheme.SidebarItem => ({
  text: title,
  items: files.map((file) => ({ text: titleOf(file).replace(`${title} `, ''), link: linkOf(file) })),
});

export const sidebar: DefaultTheme.SidebarMulti = Object.fromEntries(
  SIDES.flatMap(({ folders, parts }) => {
    const groups = PARTS.filter(({ title }) => parts.includes(title)).map(group);
    return folders.map((folder): [string, DefaultTheme.SidebarItem[]] => [`/${folder}/`, groups]);
  }).concat([['/reference/', referenceItems()]]),
);

const link = (name: string): DefaultTheme.NavItemWithLink => {
  const { title, folder, files } = partOf(name);
  return { text: title, link: linkOf(files[0]), activeMatch: `^/${folder}/` };
};

export const nav: DefaultTheme.NavItem[] = [
  ...['Start', 'Playground', 'Guides', 'Packages'].map(link),
  { text: 'Reference', link: '/reference/', activeMatch: '^/reference/' },
  ...['Compatibility', 'Performance'].map(link),
  { text: 'More', items: ['Coming from', 'How it works', 'Decisions', 'Examples'].map(link) },
];
