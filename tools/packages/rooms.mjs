// The rooms of every package, from the bottom up, as the imports of its sources have them.
//   node tools/packages/rooms.mjs            prints them
//   node tools/packages/rooms.mjs --write    puts them into ARCHITECTURE.md
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cruise } from 'dependency-cruiser';
import config from '../../.dependency-cruiser.mjs';
import { rooms } from './layers.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const page = new URL('../../ARCHITECTURE.md', import.meta.url);
const PICTURE = /(?<=<!-- rooms -->\n\n```\n)[^`]*(?=```\n)/;

/** Room -> rooms that its files import. Files outside of rooms are left out. */
function edgesOf(folder, modules) {
  const src = `packages/${folder}/src/`;
  const roomOf = (file) => (file.startsWith(src) ? dirname(file.slice(src.length)) : '.');
  const edges = new Map();
  for (const { source, dependencies } of modules.filter((module) => module.source.startsWith(src))) {
    const from = roomOf(source);
    if (from === '.') continue;
    const to = edges.get(from) ?? edges.set(from, new Set()).get(from);
    for (const { resolved } of dependencies) if (!['.', from].includes(roomOf(resolved))) to.add(roomOf(resolved));
  }
  return edges;
}

/** The length of the longest path of rooms below one. */
const heightOf = (room, edges) => 1 + Math.max(-1, ...[...edges.get(room)].map((below) => heightOf(below, edges)));

function lineOf(folder, edges, width) {
  const levels = [];
  for (const room of [...edges.keys()].sort()) (levels[heightOf(room, edges)] ??= []).push(room);
  return `${folder.padEnd(width)}${levels.map((level) => level.join('  ')).join('  →  ')}`;
}

/** The picture, from the sources. */
export async function draw() {
  const folders = Object.keys(rooms);
  const sources = folders.map((folder) => `packages/${folder}/src`);
  const { tsPreCompilationDeps, doNotFollow, enhancedResolveOptions } = config.options;
  const { output } = await cruise(sources, { baseDir: root, tsPreCompilationDeps, doNotFollow, enhancedResolveOptions });
  const width = Math.max(...folders.map((folder) => folder.length)) + 2;
  return `${folders.map((folder) => lineOf(folder, edgesOf(folder, output.modules), width)).join('\n')}\n`;
}

/** The picture as ARCHITECTURE.md has it. */
export const drawn = () => PICTURE.exec(readFileSync(page, 'utf8'))?.[0];

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const picture = await draw();
  if (process.argv.includes('--write')) writeFileSync(page, readFileSync(page, 'utf8').replace(PICTURE, () => picture));
  else process.stdout.write(picture);
}
