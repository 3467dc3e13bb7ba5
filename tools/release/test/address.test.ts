import { describe, expect, it } from 'vitest';
import { folders } from '../../packages/layers.mjs';
import { FIELDS, addressOf, manifestOf, withAddress } from '../src/metadata/address.js';
import { inconsistent, missing } from '../src/metadata/problems.js';

const ours = Object.fromEntries(folders.map((folder) => [`packages/${folder}`, manifestOf(`packages/${folder}`)]));
const address = { homepage: 'https://netstrata.example/', repository: { type: 'git', url: 'git+https://code.example/netstrata.git' }, bugs: { url: 'https://code.example/netstrata/issues' } } as const;

describe('the manifests', () => {
  it('have homepage, repository and bugs of the root, or none of them', ({ annotate }) => {
    expect(inconsistent(manifestOf('.'), ours)).toEqual([]);
    const lacking = missing(manifestOf('.'));
    if (lacking.length > 0) return annotate(`package.json of the root has no ${lacking.join(', no ')}: \`npm run release\` publishes to no public registry`);
  });
});

describe('an address', () => {
  it('that packages do not have is told for each field', () => {
    expect(inconsistent({ ...manifestOf('.'), ...address }, ours)).toHaveLength(folders.length * FIELDS.length);
  });

  it('is consistent once it is written into a package, with the folder of that', () => {
    const written = withAddress(ours['packages/transport'], addressOf('packages/transport', address));
    expect(inconsistent(address, { 'packages/transport': written })).toEqual([]);
    expect(written.repository).toEqual({ ...address.repository, directory: 'packages/transport' });
    const fields = Object.keys(written);
    expect(fields.slice(fields.indexOf('homepage'), fields.indexOf('homepage') + 4)).toEqual([...FIELDS, 'license']);
  });

  it('of another folder is wrong', () => {
    const written = withAddress(ours['packages/transport'], addressOf('packages/handles', address));
    expect(inconsistent(address, { 'packages/transport': written })).toEqual([expect.stringContaining('packages/transport/package.json: repository')]);
  });

  it('is all or nothing', () => {
    expect(inconsistent({ homepage: address.homepage }, {})).toEqual(['the root has some of homepage, repository, bugs, but not repository, bugs']);
    expect(missing({ homepage: address.homepage })).toEqual(['repository', 'bugs']);
  });

  it.each([
    ['homepage', 'http://netstrata.example/'], ['homepage', 'https://localhost/'], ['homepage', ''],
    ['repository', { type: 'git', url: 'https://code.example/netstrata' }], ['repository', { type: 'git', url: 'git@code.example:netstrata.git' }],
    ['bugs', { url: 'https://user:secret@code.example/' }], ['bugs', {}],
  ])('is one that others can open: %s is not %j', (field, value) => {
    expect(inconsistent({ ...address, [field]: value }, {})).toEqual([expect.stringContaining(`${field} of the root is no`)]);
  });

  it.each(['registry', '@netstrata:registry'])('is not joined by another place to publish to: publishConfig.%s', (field) => {
    expect(inconsistent({}, { 'packages/transport': { publishConfig: { access: 'public', [field]: 'https://registry.example/' } } })).toEqual([expect.stringContaining(`publishConfig has ${field}`)]);
  });
});
