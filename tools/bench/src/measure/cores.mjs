import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** @typedef {{ server: number, load: number }} Cores */

/** The numbers in a list of the kernel's, such as 0-3,8. @param {string} list */
function numbersIn(list) {
  return list.trim().split(',').flatMap((part) => {
    const [first, last = first] = part.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  });
}

/** A core for the server and another for the load, or null if that is not possible. @returns {Cores | null} */
export function cores() {
  if (process.platform !== 'linux' || spawnSync('taskset', ['--version']).status !== 0) return null;
  const allowed = /^Cpus_allowed_list:\s*(.*)$/m.exec(readFileSync('/proc/self/status', 'utf8'));
  const all = allowed ? numbersIn(allowed[1]) : [];
  const server = all.at(-1);
  if (server === undefined || all.length < 2) return null;
  const same = siblings(server);
  return { server, load: all.find((core) => !same.includes(core)) ?? all[0] };
}

/** Two threads of one physical core do not count as two cores. @param {number} core */
function siblings(core) {
  try {
    return numbersIn(readFileSync(`/sys/devices/system/cpu/cpu${core}/topology/thread_siblings_list`, 'utf8'));
  } catch {
    return [core];
  }
}

/** @param {number | undefined} core @param {string[]} command */
export function pinned(core, command) {
  return core === undefined ? command : ['taskset', '-c', String(core), ...command];
}
